@NullMarked
package cairn.experiment.campaign;

import org.jspecify.annotations.NullMarked;
