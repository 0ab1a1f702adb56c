/**
 * Code with threads, clocks and locks of its own, run in virtual time: its threads are virtual ones
 * that a kernel schedules, one slice after the other, and a run is a function of its answers.
 */
@NullMarked
package cairn.virtual;

import org.jspecify.annotations.NullMarked;
