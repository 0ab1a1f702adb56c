@NullMarked
package cairn.experiment.definition;

import org.jspecify.annotations.NullMarked;
