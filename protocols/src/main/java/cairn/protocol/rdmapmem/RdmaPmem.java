package cairn.protocol.rdmapmem;

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
import cairn.part.pmu.PersistMethod;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A primary stores checkpoints of a service in network-attached persistent memory by remote direct
 * writes; a backup reads them by remote direct reads and takes over (US patent 9,213,609; PMU-1 to
 * PMU-20).
 */
public final class RdmaPmem implements Protocol<RdmaPmemMessage> {

    /** Faults that take from a unit what has not reached its persistence domain. */
    private static final Set<FaultKind> OF_UNITS =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            FaultKind.POWER_LOSS,
                            FaultKind.RACK_POWER_LOSS,
                            FaultKind.SITE_POWER_LOSS,
                            FaultKind.WARM_RESET,
                            FaultKind.CPU_HANG,
                            FaultKind.NIC_RESET));

    private final RdmaPmemSettings settings;
    private final Setup setup;

    /** Protects a service for so many clients. */
    public RdmaPmem(RdmaPmemSettings settings, Service service, int clients, CpuCosts costs) {
        this(settings, service, clients, costs, Rules.SOUND);
    }

    RdmaPmem(RdmaPmemSettings settings, Service service, int clients, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.setup = Setup.of(settings, service, clients, costs, rules);
    }

    @Override
    public String name() {
        return "rdma-pmem";
    }

    @Override
    public List<Seat> seats() {
        Hardware server =
                Hardware.PLAIN
                        .withMemory(setup.sessions().memoryBytes())
                        .withNic(setup.store().layout().bufferBytes());
        List<Seat> seats = new ArrayList<>();
        seats.add(new Seat("primary", server));
        seats.addAll(Seat.several("backup-", 1, settings.backups() + 1, server));
        seats.addAll(setup.units().seats());
        return seats;
    }

    @Override
    public Node<RdmaPmemMessage> node(NodeId place) {
        return servers().contains(place) ? new Server(setup, place) : setup.units().node(place);
    }

    /**
     * What the settings declare. That they keep it is another matter: {@link
     * PersistMethod#COMPLETION_ONLY} declares durability and does not have it.
     */
    @Override
    public Promise promise() {
        Set<FaultKind> harmless = EnumSet.complementOf(EnumSet.copyOf(OF_UNITS));
        harmless.remove(FaultKind.PERMANENT_LOSS);
        harmless.remove(FaultKind.MEMORY_ROT);
        if (settings.units().isDurable()) {
            harmless.addAll(OF_UNITS);
        } else if (settings.acknowledge() == Acknowledgement.VISIBLE) {
            harmless.add(FaultKind.NIC_RESET);
        }
        Map<FaultKind, Integer> survives = Promise.anyOf(harmless);
        if (settings.acknowledge() == Acknowledgement.DURABLE_ON_ALL) {
            survives.put(FaultKind.PERMANENT_LOSS, settings.mirrors() - 1);
        }
        return new Promise(text(), settings.acknowledge(), survives, true);
    }

    private String text() {
        String what =
                switch (settings.acknowledge()) {
                    case RECEIVED -> "has reached a unit's adapter";
                    case VISIBLE -> "can be read from a unit";
                    case DURABLE -> "survives the loss of every machine's power";
                    case DURABLE_ON_ALL ->
                            settings.mirrors() == 1
                                    ? "survives the loss of every machine's power"
                                    : "survives losses of power, and the loss of a unit";
                };
        return "An answered request is part of a checkpoint that " + what + ".";
    }

    @Override
    public List<NodeId> servers() {
        return setup.units().clients();
    }
}
