package cairn.protocol.migration;

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

/**
 * Live migration: the ranks of a computation move from node to node, one after the other, while the
 * others go on (C. Clark and others, <i>Live Migration of Virtual Machines</i>, NSDI 2005; M. R.
 * Hines, U. Deshpande and K. Gopalan, <i>Post-Copy Live Migration of Virtual Machines</i>, 2009).
 */
public final class Migration implements Protocol<MigrationMessage> {

    private final MigrationSettings settings;
    private final Computation computation;
    private final CpuCosts costs;
    private final Rules rules;

    /** Executes a computation. */
    public Migration(MigrationSettings settings, Computation computation, CpuCosts costs) {
        this(settings, computation, costs, Rules.SOUND);
    }

    Migration(MigrationSettings settings, Computation computation, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.computation = computation;
        this.costs = costs;
        this.rules = rules;
    }

    @Override
    public String name() {
        return "migration";
    }

    private int nodes() {
        return computation.ranks() + settings.spareNodes();
    }

    /** The nodes, and the director. */
    @Override
    public List<Seat> seats() {
        Hardware hardware = Rank.hardware(computation);
        List<Seat> seats = new ArrayList<>(Seat.several("rank-", 0, computation.ranks(), hardware));
        seats.addAll(Seat.several("spare-", computation.ranks(), nodes(), hardware));
        seats.add(new Seat("director", Hardware.PLAIN));
        return seats;
    }

    @Override
    public Node<MigrationMessage> node(NodeId place) {
        NodeId director = new NodeId(nodes());
        return place.equals(director)
                ? new Director(settings, computation.ranks())
                : new Worker(settings, computation, place, director, costs, rules);
    }

    /** Nothing is stored, so there is nothing to lose. */
    @Override
    public Promise promise() {
        return new Promise(
                "The computation comes to its end; a failure that takes a part of a rank with it"
                        + " costs all that was computed, any other costs a migration at the most.",
                Acknowledgement.RECEIVED,
                Promise.anyBut(),
                false);
    }
}
