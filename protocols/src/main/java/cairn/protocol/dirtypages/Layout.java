package cairn.protocol.dirtypages;

import cairn.model.NodeId;

/** Who sits where: first the nodes, then the coordinator, then the storage node if there is one. */
record Layout(int nodes) {

    NodeId coordinator() {
        return new NodeId(nodes);
    }

    NodeId storage() {
        return new NodeId(nodes + 1);
    }
}
