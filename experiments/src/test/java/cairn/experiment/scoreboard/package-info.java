/** Which strategy finds which seeded bug, and at what cost. */
@NullMarked
package cairn.experiment.scoreboard;

import org.jspecify.annotations.NullMarked;
