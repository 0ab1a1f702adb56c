/**
 * Parts that protocols are made of: images of memory as bytes, pages stored to, files that are
 * replaced as a whole, answers that wait for a checkpoint, and the suspicion that a silence raises.
 * A part sees the model alone, and knows no protocol.
 */
@NullMarked
package cairn.part;

import org.jspecify.annotations.NullMarked;
