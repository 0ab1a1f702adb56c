package cairn.simulator.network;

import cairn.simulator.kernel.Kernel;

/** interim */
public final class Network {
    private final Kernel kernel;
    private final int[] processes;
    private final NetworkCosts costs;

    public Network(Kernel kernel, int hosts, NetworkCosts costs) {
        this.kernel = kernel;
        this.processes = new int[hosts];
        this.costs = costs;
    }

    public void attach(int host, int process) {
        processes[host] = process;
    }

    public void send(int from, int to, int bytes, int kind, long argument, Object payload) {
        kernel.schedule(
                kernel.now() + costs.latencyNanos() + Math.round(bytes / costs.bytesPerNano()),
                processes[to],
                kind,
                argument,
                payload);
    }
}
