@NullMarked
package cairn.experiment.reference;

import org.jspecify.annotations.NullMarked;
