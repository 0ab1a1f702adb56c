/** A protocol that keeps nothing, small enough to see through. */
@NullMarked
package cairn.experiment.toy;

import org.jspecify.annotations.NullMarked;
