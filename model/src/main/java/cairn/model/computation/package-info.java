/**
 * Computations: ranks that compute over their memories and exchange messages until each has a
 * result. They know nothing of checkpoints.
 */
@NullMarked
package cairn.model.computation;

import org.jspecify.annotations.NullMarked;
