package cairn.protocol.segments;

import cairn.model.NodeId;
import cairn.part.replica.Domains;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which place has which part. A node of the cluster is a checkpoint service and, if it can run the
 * application, a process for that beside it: two places, so that each can fail alone. Applications
 * come first, then services, the agent, and the global storage.
 */
final class Topology {

    private final List<NodeId> applications;
    private final List<NodeId> services;
    private final List<NodeId> agents;
    private final List<NodeId> globals;
    private final int domains;

    Topology(SegmentsSettings settings) {
        int able = settings.ableNodes();
        int nodes = settings.nodes();
        int agent = settings.loadedBy() == Requester.AGENT ? 1 : 0;
        applications = NodeId.run(0, able);
        services = NodeId.run(able, nodes);
        agents = NodeId.run(able + nodes, agent);
        globals = NodeId.run(able + nodes + agent, settings.globalStorage() ? 1 : 0);
        domains = settings.failureDomains();
    }

    List<NodeId> applications() {
        return applications;
    }

    List<NodeId> services() {
        return services;
    }

    List<NodeId> agents() {
        return agents;
    }

    /** The global storage, if there is one. */
    List<NodeId> globals() {
        return globals;
    }

    /** Which services fail together, and the storage that does so with none. */
    Domains domains() {
        return new Domains(services, globals, domains);
    }

    int size() {
        return applications.size() + services.size() + agents.size() + globals.size();
    }

    boolean isService(NodeId place) {
        return services.contains(place);
    }

    boolean isGlobal(NodeId place) {
        return globals.contains(place);
    }

    /** CS-9: whether a service's node can run the application. */
    boolean isAble(NodeId service) {
        return service.index() - applications.size() < applications.size();
    }

    NodeId serviceOf(NodeId application) {
        return services.get(application.index());
    }

    NodeId applicationOf(NodeId service) {
        return applications.get(service.index() - applications.size());
    }

    /** How many services decide about the name: more than half. */
    int majority() {
        return services.size() / 2 + 1;
    }

    /** The places of each domain, applications included. */
    List<Set<NodeId>> failTogether() {
        List<Set<NodeId>> together = new ArrayList<>();
        for (int i = 0; i < domains; i++) {
            together.add(new TreeSet<>());
        }
        for (NodeId service : services) {
            Set<NodeId> domain = together.get(domains().of(service));
            domain.add(service);
            if (isAble(service)) {
                domain.add(applicationOf(service));
            }
        }
        return together;
    }
}
