package cairn.protocol.differential;

import cairn.model.CpuCosts;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.service.Service;
import cairn.part.NoMessage;
import cairn.part.SoleMachine;

import java.util.List;

/**
 * One server that writes, before it answers, the pages that changed since its last full image to
 * its own disk, and now and then a full image (US patent 6,141,773; PA-3).
 */
public final class Differential implements Protocol<NoMessage> {

    private final DifferentialSettings settings;
    private final SoleMachine machine;
    private final Rules rules;

    /** Protects a service for so many clients. */
    public Differential(
            DifferentialSettings settings, Service service, int clients, CpuCosts costs) {
        this(settings, service, clients, costs, Rules.SOUND);
    }

    Differential(
            DifferentialSettings settings,
            Service service,
            int clients,
            CpuCosts costs,
            Rules rules) {
        this.settings = settings;
        this.machine = new SoleMachine(service, clients, costs);
        this.rules = rules;
    }

    @Override
    public String name() {
        return "differential";
    }

    @Override
    public List<Seat> seats() {
        return machine.seats();
    }

    @Override
    public Node<NoMessage> node(NodeId place) {
        return machine.server(
                new ChainFiles(settings, machine.costs(), rules), settings.batchRequests());
    }

    @Override
    public Promise promise() {
        return SoleMachine.promise(
                "An answered request is part of a full or differential image on the server's"
                        + " disk.");
    }

    @Override
    public List<NodeId> servers() {
        return machine.servers();
    }
}
