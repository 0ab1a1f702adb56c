/**
 * The event kernel: virtual time, and the one total order in which a run's events happen.
 *
 * <p>{@link cairn.simulator.kernel.Kernel} is the way in. Behind it, {@code Slots} holds what an
 * event carries and {@code Ladder} holds when it happens: {@code Rung}s of buckets above a sorted
 * {@code Bottom}. {@code Chains} is the memory that the buckets share, {@code SortBuffer} sorts
 * one. Nothing here allocates per event once a run has reached its size.
 */
@NullMarked
package cairn.simulator.kernel;

import org.jspecify.annotations.NullMarked;
