@NullMarked
package cairn.experiment.trial;

import org.jspecify.annotations.NullMarked;
