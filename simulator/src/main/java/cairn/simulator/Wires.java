package cairn.simulator;

import cairn.model.NodeId;
import cairn.model.choice.Choices;
import cairn.rdma.RdmaCosts;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;
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

    Wires(int hosts, Kernel kernel, Choices choices, Environment environment) {
        ids = new NodeId[hosts];
        Arrays.setAll(ids, NodeId::new);
        links = new Links(kernel, hosts);
        control = new Network(kernel, choices, links, environment.network());
        RdmaCosts costs = environment.rdma();
        rdma =
                new Network(
                        kernel,
                        choices,
                        links,
                        NetworkCosts.packets(
                                "rdma",
                                costs.nicNanos() + costs.propagationNanos(),
                                costs.packetTail(),
                                costs.bandwidthBytesPerNano()));
    }

    NodeId id(int index) {
        return ids[index];
    }

    void attach(int host, LogicalProcess machine) {
        control.attach(host, machine);
        rdma.attach(host, machine);
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

    /** From now on messages arrive in the order of their times. */
    void calm() {
        control.calm();
        rdma.calm();
    }

    /** Bytes that were sent on both networks. */
    long bytes() {
        return control.bytes() + rdma.bytes();
    }
}
