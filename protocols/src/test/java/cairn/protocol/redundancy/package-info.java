/** Tests of checkpoints in memory. */
@NullMarked
package cairn.protocol.redundancy;

import org.jspecify.annotations.NullMarked;
