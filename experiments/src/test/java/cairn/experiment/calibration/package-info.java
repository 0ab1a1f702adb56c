@NullMarked
package cairn.experiment.calibration;

import org.jspecify.annotations.NullMarked;
