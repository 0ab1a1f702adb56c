@NullMarked
package cairn.experiment.failures;

import org.jspecify.annotations.NullMarked;
