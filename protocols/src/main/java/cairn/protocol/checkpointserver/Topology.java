package cairn.protocol.checkpointserver;

import cairn.model.NodeId;

import java.util.List;
import java.util.stream.IntStream;

/** Which place is whose: first the hosts, then the replica manager, then the checkpoint server. */
record Topology(int hostCount) {

    List<NodeId> hosts() {
        return IntStream.range(0, hostCount).mapToObj(NodeId::new).toList();
    }

    NodeId manager() {
        return new NodeId(hostCount);
    }

    NodeId server() {
        return new NodeId(hostCount + 1);
    }

    int places() {
        return hostCount + 2;
    }
}
