/** Measurements of the machine that this runs on. */
@NullMarked
package cairn.experiment.machine;

import org.jspecify.annotations.NullMarked;
