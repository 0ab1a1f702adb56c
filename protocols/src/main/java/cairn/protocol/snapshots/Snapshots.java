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
import cairn.model.memory.PagedMemory;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.part.snapshot.TransferProcessor;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Snapshots of a running application as shared pages, transferred to shared storage by a second
 * processor, from which a second instance takes over (US patent 7,890,798; SN-1 to SN-8).
 */
public final class Snapshots implements Protocol<SnapshotsMessage> {

    private final Setup setup;

    /** Protects a service for so many clients. */
    public Snapshots(SnapshotsSettings settings, Service service, int clients, CpuCosts costs) {
        this(settings, service, clients, costs, Rules.SOUND);
    }

    Snapshots(
            SnapshotsSettings settings, Service service, int clients, CpuCosts costs, Rules rules) {
        Sessions sessions = new Sessions(service, Topology.PLACES, clients);
        this.setup = new Setup(settings, sessions, costs, rules);
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public List<Seat> seats() {
        Hardware computer = Hardware.PLAIN.withMemory(setup.sessions().memoryBytes());
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
            return new Instance(setup, place);
        }
        return Topology.DAEMONS.contains(place) ? new Daemon(setup, place) : setup.store().node();
    }

    @Override
    public Promise promise() {
        Set<FaultKind> others =
                EnumSet.of(FaultKind.PERMANENT_LOSS, FaultKind.DISK_LIES, FaultKind.DISK_CORRUPTS);
        boolean held = setup.settings().output() == OutputRule.HELD;
        long before = setup.settings().overlapping() - 1L;
        long pages = setup.sessions().memoryBytes() / PagedMemory.PAGE_BYTES;
        return new Promise(
                        held
                                ? "An answered request is part of a snapshot on the shared disk."
                                : "A sealed snapshot is on the shared disk; what came after it may"
                                        + " be lost.",
                        Acknowledgement.DURABLE,
                        Promise.anyOf(EnumSet.complementOf(EnumSet.copyOf(others))),
                        held)
                .keeping(TransferProcessor.SNAPSHOTS, before + 1)
                .keeping(TransferProcessor.COPIES, before * pages);
    }

    @Override
    public List<NodeId> servers() {
        return Topology.INSTANCES;
    }
}
