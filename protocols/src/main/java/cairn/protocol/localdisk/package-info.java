/** The baseline: checkpoints of the whole image in a file on the server's own disk. */
@NullMarked
package cairn.protocol.localdisk;

import org.jspecify.annotations.NullMarked;
