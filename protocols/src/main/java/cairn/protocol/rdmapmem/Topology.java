package cairn.protocol.rdmapmem;

import cairn.model.NodeId;
import cairn.model.choice.Mix;

import java.util.ArrayList;
import java.util.List;

/** Which place has which part: servers, then units, then the two managers. */
final class Topology {

    private static final long SECRET = 0x7365_6372_6574L;

    private final List<NodeId> servers;
    private final List<NodeId> units;
    private final List<NodeId> managers;

    Topology(RdmaPmemSettings settings) {
        int first = 0;
        servers = run(first, 1 + settings.backups());
        first += servers.size();
        units = run(first, settings.mirrors());
        first += units.size();
        managers = run(first, 2);
    }

    private static List<NodeId> run(int first, int count) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new NodeId(first + i));
        }
        return List.copyOf(nodes);
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
        int index = node.index() - servers.size();
        return index >= 0 && index < units.size() ? index : -1;
    }

    boolean isServer(NodeId node) {
        return node.index() < servers.size();
    }

    boolean isManager(NodeId node) {
        return node.index() >= servers.size() + units.size() && node.index() < size();
    }

    /** What a node shows to prove who it is: derived from a secret that all of them share. */
    static long credential(NodeId node) {
        return Mix.fold(SECRET, node.index());
    }
}
