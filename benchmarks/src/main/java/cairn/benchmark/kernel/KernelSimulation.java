package cairn.benchmark.kernel;

import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

/** The kernel of the simulator. */
public final class KernelSimulation implements Simulation {
    private final Kernel kernel = new Kernel();
    private final long[] timers;

    /** For so many processes. */
    public KernelSimulation(int processes) {
        timers = new long[processes];
    }

    @Override
    public int register(LogicalProcess process) {
        return kernel.register(process);
    }

    @Override
    public long now() {
        return kernel.now();
    }

    @Override
    public void send(long time, int process, int kind, long argument) {
        kernel.schedule(time, process, kind, argument, null);
    }

    @Override
    public void arm(long time, int process, int kind) {
        timers[process] = kernel.schedule(time, process, kind, 0, null);
    }

    @Override
    public void disarm(int process) {
        kernel.cancel(timers[process]);
    }

    @Override
    public void run(long events) {
        if (kernel.run(Long.MAX_VALUE, events) != events) {
            throw new IllegalStateException("the simulation ran dry at " + kernel.now() + " ns");
        }
    }
}
