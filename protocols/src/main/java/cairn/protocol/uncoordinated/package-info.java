/**
 * Checkpoints that ranks cut independently, or as the messages between them force them to; the line
 * to go back to is searched for when it is needed.
 */
@NullMarked
package cairn.protocol.uncoordinated;

import org.jspecify.annotations.NullMarked;
