/** What this machine takes for a message and for a durable write, through all of the live path. */
@NullMarked
package cairn.cluster.probe;

import org.jspecify.annotations.NullMarked;
