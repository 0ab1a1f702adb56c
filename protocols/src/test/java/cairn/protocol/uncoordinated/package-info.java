/** Tests of independent checkpoints. */
@NullMarked
package cairn.protocol.uncoordinated;

import org.jspecify.annotations.NullMarked;
