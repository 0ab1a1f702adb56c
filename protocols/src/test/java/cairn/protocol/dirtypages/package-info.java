/** Tests of checkpoints of the pages that changed. */
@NullMarked
package cairn.protocol.dirtypages;

import org.jspecify.annotations.NullMarked;
