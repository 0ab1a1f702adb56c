package cairn.protocol.restart;

import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Hardware;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.computation.Computation;
import cairn.model.computation.Rank;

import java.util.ArrayList;
import java.util.List;

/** No checkpoints at all: what a failure costs without them, and the smallest example of a host. */
public final class Restart implements Protocol<RestartMessage> {

    private final RestartSettings settings;
    private final Computation computation;
    private final CpuCosts costs;

    /** Executes a computation. */
    public Restart(RestartSettings settings, Computation computation, CpuCosts costs) {
        this.settings = settings;
        this.computation = computation;
        this.costs = costs;
    }

    @Override
    public String name() {
        return "restart";
    }

    /** A place for each rank, and one for the coordinator. */
    @Override
    public List<Seat> seats() {
        List<Seat> seats = new ArrayList<>();
        seats.addAll(Seat.several("rank-", 0, computation.ranks(), Rank.hardware(computation)));
        seats.add(new Seat("coordinator", Hardware.PLAIN));
        return seats;
    }

    @Override
    public Node<RestartMessage> node(NodeId place) {
        return place.index() < computation.ranks()
                ? new Worker(
                        settings, new Rank(computation, place.index()), computation.ranks(), costs)
                : new Coordinator(settings, computation.ranks());
    }

    /** There is nothing to lose. */
    @Override
    public Promise promise() {
        return new Promise(
                "The computation comes to its end; each failure costs all that was computed.",
                Acknowledgement.RECEIVED,
                Promise.anyBut(),
                false);
    }
}
