/** The baseline without checkpoints: whenever a rank fails, all ranks begin again. */
@NullMarked
package cairn.protocol.restart;

import org.jspecify.annotations.NullMarked;
