/** Tests of computations without checkpoints. */
@NullMarked
package cairn.protocol.restart;

import org.jspecify.annotations.NullMarked;
