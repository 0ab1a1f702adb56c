/**
 * Ranks that are checkpointed together: what a rank's place and their coordinator do whichever way
 * checkpoints are cut and wherever they are kept. A protocol chooses a {@link
 * cairn.part.ensemble.Cutting}, {@link cairn.part.ensemble.Rounds}, a {@link
 * cairn.part.ensemble.Vault} and a {@link cairn.part.ensemble.Planner}.
 */
@NullMarked
package cairn.part.ensemble;

import org.jspecify.annotations.NullMarked;
