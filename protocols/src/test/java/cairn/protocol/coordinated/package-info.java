/** Tests of coordinated checkpoints. */
@NullMarked
package cairn.protocol.coordinated;

import org.jspecify.annotations.NullMarked;
