package cairn.simulator.network;

import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

/** A receiver that may be given the address of another one. */
public interface Tenant extends LogicalProcess {

    /** Receives what was meant for another receiver. */
    void misdelivered(LogicalProcess meant, int kind, long argument, @Nullable Object payload);
}
