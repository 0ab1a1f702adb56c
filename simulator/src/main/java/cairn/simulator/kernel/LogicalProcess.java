package cairn.simulator.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A receiver of kernel events: a logical process in the sense of discrete-event simulation.
 *
 * <p>It is known to the kernel by the number that {@link Kernel#register} gave it.
 */
@FunctionalInterface
public interface LogicalProcess {
    /**
     * Receives one event, at {@link Kernel#now()}, with what was given to {@link Kernel#schedule}.
     * It may schedule and cancel; it must not call {@link Kernel#step} or {@link Kernel#run}.
     */
    void on(int kind, long argument, @Nullable Object payload);
}
