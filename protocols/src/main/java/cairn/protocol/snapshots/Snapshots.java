package cairn.protocol.snapshots;

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

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Snapshots of a running application as shared pages, transferred to shared storage by a second
 * processor, from which a second instance takes over (US patent 7,890,798; SN-1 to SN-8).
 */
public final class Snapshots implements Protocol<SnapshotsMessage> {

    private final SnapshotsSettings settings;
    private final Service service;
    private final int clients;
    private final CpuCosts costs;
    private final Rules rules;

    /** Protects a service for so many clients. */
    public Snapshots(SnapshotsSettings settings, Service service, int clients, CpuCosts costs) {
        this(settings, service, clients, costs, Rules.SOUND);
    }

    Snapshots(
            SnapshotsSettings settings, Service service, int clients, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.service = service;
        this.clients = clients;
        this.costs = costs;
        this.rules = rules;
    }

    private Sessions sessions() {
        return new Sessions(service, Topology.PLACES, clients);
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public List<Seat> seats() {
        Hardware computer = Hardware.PLAIN.withMemory(sessions().memoryBytes());
        return List.of(
                new Seat("primary", computer),
                new Seat("backup-1", computer),
                new Seat("daemon-1", Hardware.PLAIN),
                new Seat("daemon-2", Hardware.PLAIN),
                new Seat("storage", Hardware.PLAIN.withDisk()));
    }

    @Override
    public Node<SnapshotsMessage> node(NodeId place) {
        if (Topology.INSTANCES.contains(place)) {
            return new Instance(settings, sessions(), costs, rules);
        }
        return Topology.DAEMONS.contains(place)
                ? new Daemon(settings, costs, rules)
                : new Storage(settings, sessions().memoryBytes(), costs, rules);
    }

    @Override
    public Promise promise() {
        Map<FaultKind, Integer> survives = new EnumMap<>(FaultKind.class);
        for (FaultKind kind :
                EnumSet.complementOf(
                        EnumSet.of(
                                FaultKind.PERMANENT_LOSS,
                                FaultKind.DISK_LIES,
                                FaultKind.DISK_CORRUPTS))) {
            survives.put(kind, Promise.ANY);
        }
        boolean held = settings.output() == OutputRule.HELD;
        return new Promise(
                held
                        ? "An answered request is part of a snapshot on the shared disk."
                        : "A sealed snapshot is on the shared disk; what came after it may be"
                                + " lost.",
                Acknowledgement.DURABLE,
                survives,
                held);
    }

    @Override
    public List<NodeId> servers() {
        return Topology.INSTANCES;
    }
}
