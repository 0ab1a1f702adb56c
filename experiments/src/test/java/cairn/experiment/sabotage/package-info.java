/** Whether mistakes in a protocol are caught. */
@NullMarked
package cairn.experiment.sabotage;

import org.jspecify.annotations.NullMarked;
