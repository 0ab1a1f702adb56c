@NullMarked
package cairn.experiment.models;

import org.jspecify.annotations.NullMarked;
