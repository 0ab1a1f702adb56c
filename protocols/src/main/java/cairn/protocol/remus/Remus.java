package cairn.protocol.remus;

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

import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Two machines in step: outputs of an epoch are held until the other machine has the epoch in
 * memory (Cully et al., Remus, NSDI 2008).
 */
public final class Remus implements Protocol<RemusMessage> {

    static final List<NodeId> SERVERS = List.of(new NodeId(0), new NodeId(1));

    private final RemusSettings settings;
    private final Service service;
    private final int clients;
    private final CpuCosts costs;
    private final Rules rules;

    /** Protects a service for so many clients. */
    public Remus(RemusSettings settings, Service service, int clients, CpuCosts costs) {
        this(settings, service, clients, costs, Rules.SOUND);
    }

    Remus(RemusSettings settings, Service service, int clients, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.service = service;
        this.clients = clients;
        this.costs = costs;
        this.rules = rules;
    }

    private Sessions sessions() {
        return new Sessions(service, SERVERS.size(), clients);
    }

    @Override
    public String name() {
        return "remus";
    }

    @Override
    public List<Seat> seats() {
        Hardware machine = Hardware.PLAIN.withMemory(sessions().memoryBytes());
        return List.of(new Seat("primary", machine), new Seat("backup-1", machine));
    }

    @Override
    public Node<RemusMessage> node(NodeId place) {
        return new Server(settings, sessions(), costs, rules);
    }

    /** A crash, a reset and a loss of power are one to memory; one of them is promised. */
    @Override
    public Promise promise() {
        Map<FaultKind, Integer> survives =
                Promise.anyOf(
                        EnumSet.of(
                                FaultKind.PAUSE,
                                FaultKind.SLOW_NODE,
                                FaultKind.CLOCK,
                                FaultKind.CUT,
                                FaultKind.BAD_LINK));
        survives.put(FaultKind.PROCESS_CRASH, 1);
        return new Promise(
                "An answered request is in the memories of both machines, so that one may be lost.",
                Acknowledgement.RECEIVED,
                survives,
                settings.withoutBackup() == WithoutBackup.WAIT);
    }

    @Override
    public List<NodeId> servers() {
        return SERVERS;
    }
}
