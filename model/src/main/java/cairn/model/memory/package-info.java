/** Byte-addressed memory as a node sees it: plain, and persistent. */
@NullMarked
package cairn.model.memory;

import org.jspecify.annotations.NullMarked;
