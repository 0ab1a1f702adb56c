package cairn.protocol.localdisk;

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

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * One server that writes its image to a file on its own disk before it answers, and reads it back
 * when it starts again: what a checkpoint costs without network-attached persistent memory.
 */
public final class LocalDisk implements Protocol<LocalDiskMessage> {

    private static final NodeId SERVER = new NodeId(0);

    private final LocalDiskSettings settings;
    private final Service service;
    private final int clients;
    private final CpuCosts costs;

    /** Protects a service for so many clients. */
    public LocalDisk(LocalDiskSettings settings, Service service, int clients, CpuCosts costs) {
        this.settings = settings;
        this.service = service;
        this.clients = clients;
        this.costs = costs;
    }

    private Sessions sessions() {
        return new Sessions(service, 1, clients);
    }

    @Override
    public String name() {
        return "local-disk";
    }

    @Override
    public List<Seat> seats() {
        return List.of(
                new Seat(
                        "primary", Hardware.PLAIN.withMemory(sessions().memoryBytes()).withDisk()));
    }

    @Override
    public Node<LocalDiskMessage> node(NodeId place) {
        return new SoleServer<>(new WholeFile(costs), sessions(), settings.batchRequests(), costs);
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
        return new Promise(
                "An answered request is part of a checkpoint on the server's disk.",
                Acknowledgement.DURABLE,
                survives,
                true);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(SERVER);
    }
}
