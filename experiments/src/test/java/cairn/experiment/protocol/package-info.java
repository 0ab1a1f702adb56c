/** Protocols, run whole in the simulator. */
@NullMarked
package cairn.experiment.protocol;

import org.jspecify.annotations.NullMarked;
