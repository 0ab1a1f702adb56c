package cairn.protocol.checkpointserver;

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

import java.util.ArrayList;
import java.util.List;

/**
 * The primary sends checkpoints to a server that stores them; a watchdog notices crashes and hangs;
 * a replica manager chooses the next primary and keeps up the number of backups (Chung et al., US
 * patents 6,195,760 and 6,266,781; PA-1).
 */
public final class CheckpointServer implements Protocol<CheckpointServerMessage> {

    private final CheckpointServerSettings settings;
    private final Topology topology;
    private final Service service;
    private final int clients;
    private final CpuCosts costs;
    private final Rules rules;

    /** Protects a service for so many clients. */
    public CheckpointServer(
            CheckpointServerSettings settings, Service service, int clients, CpuCosts costs) {
        this(settings, service, clients, costs, Rules.SOUND);
    }

    CheckpointServer(
            CheckpointServerSettings settings,
            Service service,
            int clients,
            CpuCosts costs,
            Rules rules) {
        this.settings = settings;
        topology = new Topology(settings.hosts());
        this.service = service;
        this.clients = clients;
        this.costs = costs;
        this.rules = rules;
    }

    private Sessions sessions() {
        return new Sessions(service, topology.places(), clients);
    }

    @Override
    public String name() {
        return "checkpoint-server";
    }

    @Override
    public List<Seat> seats() {
        Hardware host = Hardware.PLAIN.withMemory(sessions().memoryBytes());
        List<Seat> seats = new ArrayList<>(List.of(new Seat("primary", host)));
        for (int i = 1; i < settings.hosts(); i++) {
            seats.add(new Seat("backup-" + i, host));
        }
        seats.add(new Seat("manager", Hardware.PLAIN.withDisk()));
        seats.add(new Seat("server", Hardware.PLAIN.withDisk()));
        return seats;
    }

    @Override
    public Node<CheckpointServerMessage> node(NodeId place) {
        if (place.equals(topology.manager())) {
            return new Registrar(settings, topology, costs, rules);
        }
        return place.equals(topology.server())
                ? new CheckpointStore(topology, costs, rules)
                : new Host(settings, topology, sessions(), costs);
    }

    @Override
    public Promise promise() {
        return new Promise(
                "An answered request is part of a checkpoint on the server's disk.",
                Acknowledgement.DURABLE,
                Promise.anyBut(
                        FaultKind.PERMANENT_LOSS, FaultKind.DISK_LIES, FaultKind.DISK_CORRUPTS),
                true);
    }

    @Override
    public List<NodeId> servers() {
        return topology.hosts();
    }
}
