package cairn.experiment.calibration;

import cairn.model.Acknowledgement;
import cairn.model.Hardware;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.service.Service;
import cairn.model.service.Sessions;

import java.util.List;
import java.util.Map;

/**
 * A requester that carries out one RDMA operation for each request of a client. The time from
 * posting to completion is reported as the latency of a checkpoint; nothing is protected.
 */
public final class Probe implements Protocol<Hello> {

    static final NodeId REQUESTER = new NodeId(0);
    static final NodeId RESPONDER = new NodeId(1);

    private final ProbeSettings settings;
    private final Sessions sessions;

    /** A probe for so many clients of a service. */
    public Probe(ProbeSettings settings, Service service, int clients) {
        this.settings = settings;
        this.sessions = new Sessions(service, 2, clients);
    }

    @Override
    public String name() {
        return "rdma-probe";
    }

    @Override
    public List<Seat> seats() {
        int buffers = 2 * settings.sizeBytes();
        return List.of(
                new Seat(
                        "requester",
                        Hardware.PLAIN.withMemory(sessions.memoryBytes()).withNic(buffers)),
                new Seat(
                        "responder",
                        Hardware.PLAIN
                                .withPersistentMemory(settings.sizeBytes())
                                .withNic(buffers)));
    }

    @Override
    public Node<Hello> node(NodeId place) {
        return place.equals(REQUESTER)
                ? new Requester(settings, sessions)
                : new Responder(settings);
    }

    @Override
    public Promise promise() {
        return new Promise(
                "Nothing: operations are timed.", Acknowledgement.RECEIVED, Map.of(), false);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(REQUESTER);
    }
}
