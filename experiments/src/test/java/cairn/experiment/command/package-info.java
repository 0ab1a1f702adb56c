@NullMarked
package cairn.experiment.command;

import org.jspecify.annotations.NullMarked;
