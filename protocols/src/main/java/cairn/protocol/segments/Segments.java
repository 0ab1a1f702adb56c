package cairn.protocol.segments;

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

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint service, apart from the application, replicates versions of its segments to other
 * nodes; another node loads them from a replica and goes on (US patent 7,743,381; CS-1 to CS-13).
 */
public final class Segments implements Protocol<SegmentsMessage> {

    private final SegmentsSettings settings;
    private final Topology topology;
    private final Setup setup;

    /** Protects a service for so many clients. */
    public Segments(SegmentsSettings settings, Service service, int clients, CpuCosts costs) {
        this(settings, service, clients, costs, Rules.SOUND);
    }

    Segments(SegmentsSettings settings, Service service, int clients, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.setup = Setup.of(settings, service, clients, costs, rules);
        this.topology = setup.topology();
    }

    @Override
    public String name() {
        return "segments";
    }

    @Override
    public List<Seat> seats() {
        Hardware running = Hardware.PLAIN.withMemory(setup.sessions().memoryBytes());
        Hardware storing = Hardware.PLAIN.withDisk();
        List<Seat> seats = new ArrayList<>();
        seats.add(new Seat("primary", running));
        for (int i = 1; i < settings.ableNodes(); i++) {
            seats.add(new Seat("backup-" + i, running));
        }
        for (int i = 1; i <= settings.nodes(); i++) {
            seats.add(new Seat("service-" + i, storing));
        }
        for (NodeId _ : topology.agents()) {
            seats.add(new Seat("agent", Hardware.PLAIN));
        }
        for (NodeId _ : topology.globals()) {
            seats.add(new Seat("global-storage", storing));
        }
        return seats;
    }

    @Override
    public Node<SegmentsMessage> node(NodeId place) {
        if (topology.isService(place)) {
            return new CheckpointService(setup, place);
        }
        if (topology.isGlobal(place)) {
            return setup.replicas().globalStorage(place);
        }
        return topology.agents().contains(place)
                ? new Agent(settings, topology)
                : new Application(setup, place);
    }

    @Override
    public Promise promise() {
        // What takes nothing from a process's memory.
        Map<FaultKind, Integer> survives =
                Promise.anyOf(
                        EnumSet.of(
                                FaultKind.PAUSE,
                                FaultKind.SLOW_NODE,
                                FaultKind.NIC_RESET,
                                FaultKind.MEMORY_ROT,
                                FaultKind.CLOCK,
                                FaultKind.DISK_FULL,
                                FaultKind.SLOW_DISK,
                                FaultKind.CUT,
                                FaultKind.BAD_LINK));
        return switch (settings.acknowledge()) {
            case DURABLE -> {
                survives.putAll(
                        Promise.anyOf(
                                EnumSet.of(
                                        FaultKind.PROCESS_CRASH,
                                        FaultKind.WARM_RESET,
                                        FaultKind.POWER_LOSS,
                                        FaultKind.RACK_POWER_LOSS,
                                        FaultKind.SITE_POWER_LOSS,
                                        FaultKind.CPU_HANG,
                                        FaultKind.DISK_FAILS)));
                survives.put(FaultKind.PERMANENT_LOSS, losses());
                yield promise("durable", Acknowledgement.DURABLE_ON_ALL, survives);
            }
            case RECEIVED -> {
                survives.put(FaultKind.PROCESS_CRASH, settings.replicas());
                yield promise("held", Acknowledgement.RECEIVED, survives);
            }
        };
    }

    /**
     * How many domains may be lost: as many as there are replicas, since the origin holds a copy
     * too; but the registry needs a majority of the services.
     */
    private int losses() {
        int minority = topology.services().size() - topology.majority();
        return Math.min(settings.replicas(), minority / topology.domains().largest());
    }

    private Promise promise(
            String how, Acknowledgement acknowledgement, Map<FaultKind, Integer> survives) {
        return new Promise(
                "An answered request is part of a version that is "
                        + how
                        + " on the application's node and "
                        + settings.replicas()
                        + " others, each in another failure domain.",
                acknowledgement,
                survives,
                true,
                1,
                topology.failTogether());
    }

    @Override
    public List<NodeId> servers() {
        return topology.applications();
    }
}
