/**
 * The event kernel: virtual time, and the one total order in which a run's events happen.
 *
 * <p>{@link cairn.simulator.kernel.Kernel} is the way in. Behind it, {@code Slots} holds what an
 * event carries, {@code Ladder} holds when it happens, and {@code Chains} is the memory that the
 * ladder's buckets share. Nothing here allocates per event once a run has reached its size.
 */
@NullMarked
package cairn.simulator.kernel;

import org.jspecify.annotations.NullMarked;
