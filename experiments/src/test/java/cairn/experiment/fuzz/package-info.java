/** The shipped protocols under faults drawn at random, all of them within what they promise. */
@NullMarked
package cairn.experiment.fuzz;

import org.jspecify.annotations.NullMarked;
