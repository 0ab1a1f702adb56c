/**
 * When to take checkpoints: the published optima, and a simulation of work, checkpoints, failures
 * and restarts that they can be held against.
 */
@NullMarked
package cairn.experiment.interval;

import org.jspecify.annotations.NullMarked;
