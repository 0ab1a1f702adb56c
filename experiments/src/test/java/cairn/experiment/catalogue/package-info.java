@NullMarked
package cairn.experiment.catalogue;

import org.jspecify.annotations.NullMarked;
