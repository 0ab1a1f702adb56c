package cairn.simulator;

import cairn.model.NodeId;
import cairn.simulator.network.Links;
import cairn.simulator.network.Network;

/**
 * The two networks between the machines of a run: one for messages, one for RDMA; a cut cuts both.
 */
record Wires(NodeId[] ids, Links links, Network control, Network rdma) {

    NodeId id(int index) {
        return ids[index];
    }
}
