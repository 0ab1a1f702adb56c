/**
 * Checkpoints in the memories of the ranks themselves, with so much redundancy over a group that
 * some may be lost: copies at a partner, parity (XOR), or Reed-Solomon codes.
 */
@NullMarked
package cairn.protocol.redundancy;

import org.jspecify.annotations.NullMarked;
