package cairn.model.property;

import cairn.model.Application;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.service.Service;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a run declares, and is judged by.
 *
 * @param promise what the protocol promises
 * @param application what it protects
 * @param roles the roles by node index; clients follow as "client-1", "client-2", ...
 * @param servers the nodes that may act as primary
 * @param bounds limits on what may pile up
 */
public record Declaration(
        Promise promise,
        Application application,
        List<String> roles,
        List<NodeId> servers,
        Bounds bounds) {

    public Declaration {
        roles = List.copyOf(roles);
        servers = List.copyOf(servers);
    }

    /** The protected service; null if a computation is protected. */
    @Nullable Service service() {
        return application instanceof Application.Served served ? served.service() : null;
    }

    /** Whether a computation is protected. */
    boolean isOfRanks() {
        return application instanceof Application.Parallel;
    }

    /** Whether a node is a client: its failures lose no checkpoint. */
    public boolean isClient(NodeId node) {
        return node.index() >= roles.size() || roles.get(node.index()).startsWith("client-");
    }

    /** The role of a node, for explanations. */
    public String role(NodeId node) {
        return node.index() < roles.size() ? roles.get(node.index()) : node.toString();
    }
}
