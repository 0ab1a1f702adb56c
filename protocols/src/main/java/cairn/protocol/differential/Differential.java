package cairn.protocol.differential;

import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Hardware;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.fault.FaultKind;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.part.SoleServer;

import java.util.List;

/**
 * One server that writes, before it answers, the pages that changed since its last full image to
 * its own disk, and now and then a full image (US patent 6,141,773; PA-3).
 */
public final class Differential implements Protocol<DifferentialMessage> {

    private static final NodeId SERVER = new NodeId(0);

    private final DifferentialSettings settings;
    private final Service service;
    private final int clients;
    private final CpuCosts costs;
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
        this.service = service;
        this.clients = clients;
        this.costs = costs;
        this.rules = rules;
    }

    private Sessions sessions() {
        return new Sessions(service, 1, clients);
    }

    @Override
    public String name() {
        return "differential";
    }

    @Override
    public List<Seat> seats() {
        return List.of(
                new Seat(
                        "primary", Hardware.PLAIN.withMemory(sessions().memoryBytes()).withDisk()));
    }

    @Override
    public Node<DifferentialMessage> node(NodeId place) {
        return new SoleServer<>(
                new ChainFiles(settings, costs, rules),
                sessions(),
                settings.batchRequests(),
                costs);
    }

    @Override
    public Promise promise() {
        return new Promise(
                "An answered request is part of a full or differential image on the server's disk.",
                Acknowledgement.DURABLE,
                Promise.anyBut(
                        FaultKind.PERMANENT_LOSS, FaultKind.DISK_LIES, FaultKind.DISK_CORRUPTS),
                true);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(SERVER);
    }
}
