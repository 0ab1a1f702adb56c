@NullMarked
package cairn.experiment.exploration;

import org.jspecify.annotations.NullMarked;
