/** The launcher's side: starts node processes, makes them fail, collects and judges. */
@NullMarked
package cairn.cluster.run;

import org.jspecify.annotations.NullMarked;
