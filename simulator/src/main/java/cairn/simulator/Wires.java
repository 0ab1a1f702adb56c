package cairn.simulator;

import cairn.model.NodeId;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.network.Links;
import cairn.simulator.network.Network;
import cairn.simulator.network.NetworkCosts;

import java.util.Arrays;

/**
 * The two networks between the machines of a run: one for messages, one for RDMA; a cut cuts both.
 */
final class Wires {

    private final NodeId[] ids;
    private final Links links;
    private final Network control;
    private final Network rdma;

    Wires(int hosts, Kernel kernel, Environment environment) {
        ids = new NodeId[hosts];
        Arrays.setAll(ids, NodeId::new);
        links = new Links();
        control = new Network(kernel, hosts, environment.network());
        rdma =
                new Network(
                        kernel,
                        hosts,
                        new NetworkCosts(
                                environment.rdma().nicNanos()
                                        + environment.rdma().propagationNanos(),
                                environment.rdma().bandwidthBytesPerNano()));
    }

    NodeId id(int index) {
        return ids[index];
    }

    void attach(int host, int process) {
        control.attach(host, process);
        rdma.attach(host, process);
    }

    Links links() {
        return links;
    }

    Network control() {
        return control;
    }

    Network rdma() {
        return rdma;
    }

    long bytes() {
        return 0;
    }
}
