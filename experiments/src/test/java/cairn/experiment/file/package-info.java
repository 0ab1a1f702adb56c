@NullMarked
package cairn.experiment.file;

import org.jspecify.annotations.NullMarked;
