@NullMarked
package cairn.experiment.interval;

import org.jspecify.annotations.NullMarked;
