/** All trials of an experiment, on all cores, to a report. */
@NullMarked
package cairn.experiment.campaign;

import org.jspecify.annotations.NullMarked;
