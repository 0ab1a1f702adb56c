/** Objects of the model as bytes. */
@NullMarked
package cairn.cluster.wire;

import org.jspecify.annotations.NullMarked;
