package cairn.protocol.rdmapmem;

import cairn.model.NodeId;
import cairn.model.choice.Mix;

import java.util.List;

/** Which place has which part: servers, then units, then the two managers. */
final class Topology {

    private static final long SECRET = 0x7365_6372_6574L;

    private final List<NodeId> servers;
    private final List<NodeId> units;
    private final List<NodeId> managers;

    Topology(RdmaPmemSettings settings) {
        servers = NodeId.run(0, 1 + settings.backups());
        units = NodeId.run(servers.size(), settings.mirrors());
        managers = NodeId.run(servers.size() + units.size(), 2);
    }

    List<NodeId> servers() {
        return servers;
    }

    List<NodeId> units() {
        return units;
    }

    List<NodeId> managers() {
        return managers;
    }

    int size() {
        return servers.size() + units.size() + managers.size();
    }

    /** The number of a unit among the units, or -1. */
    int unit(NodeId node) {
        return units.indexOf(node);
    }

    boolean isServer(NodeId node) {
        return servers.contains(node);
    }

    boolean isManager(NodeId node) {
        return managers.contains(node);
    }

    /** What a node shows to prove who it is: derived from a secret that all of them share. */
    static long credential(NodeId node) {
        return Mix.fold(SECRET, node.index());
    }
}
