@NullMarked
package cairn.experiment.machine;

import org.jspecify.annotations.NullMarked;
