/**
 * Parts that protocols are made of: images of memory as bytes, pages stored to, files that are
 * replaced as a whole, answers that wait for a checkpoint, and the suspicion that a silence raises.
 * A part sees the model alone, and knows no protocol.
 *
 * <p>What takes more than a class has a package: ranks that are checkpointed together ({@code
 * ensemble}), what a state depends on ({@code dependency}), chains of images ({@code chain}), a
 * disk that is lent ({@code remote}), who leads and who stands by ({@code view}), erasure codes
 * ({@code erasure}), a register by majority ({@code register}), a name that is unique ({@code
 * name}), replicated versions in different failure domains ({@code replica}), persistent memory on
 * the network ({@code pmu}) and the sets of checkpoint data in it ({@code sets}), copy-on-write
 * snapshots on shared storage ({@code snapshot}).
 */
@NullMarked
package cairn.part;

import org.jspecify.annotations.NullMarked;
