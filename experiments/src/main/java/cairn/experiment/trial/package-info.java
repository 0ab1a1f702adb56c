/** One run, from its choices to its figures. */
@NullMarked
package cairn.experiment.trial;

import org.jspecify.annotations.NullMarked;
