package cairn.part.ensemble;

import cairn.model.CpuCosts;
import cairn.model.Hardware;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Seat;
import cairn.model.computation.Computation;
import cairn.model.computation.Rank;
import cairn.part.Channels;

import java.util.ArrayList;
import java.util.List;

/**
 * What all places of an ensemble know: a place for each rank, then the coordinator's, then those of
 * stores.
 *
 * @param computation what is executed
 * @param pace how often things happen
 * @param costs what processors cost
 * @param channels how messages travel between ranks
 * @param holdsOutputs whether outputs wait until the state behind them is safe
 * @param stores how many places keep pieces for the ranks
 * @param rules what all live by
 */
public record Ensemble(
        Computation computation,
        Pace pace,
        CpuCosts costs,
        Channels.Manner channels,
        boolean holdsOutputs,
        int stores,
        Rules rules) {

    /** Whether the channels between ranks are first in, first out. */
    boolean ordered() {
        return channels.ordered();
    }

    public int ranks() {
        return computation.ranks();
    }

    /** The place of the coordinator. */
    public NodeId coordinatorPlace() {
        return new NodeId(ranks());
    }

    /** The place of a store, numbered from zero. */
    public NodeId store(int number) {
        return new NodeId(ranks() + 1 + number);
    }

    /** The places, in order. */
    public List<Seat> seats(boolean disks) {
        Hardware plain = Rank.hardware(computation);
        List<Seat> seats =
                new ArrayList<>(
                        Seat.several("rank-", 0, ranks(), disks ? plain.withDisk() : plain));
        seats.add(new Seat("coordinator", Hardware.PLAIN));
        for (int store = 1; store <= stores; store++) {
            seats.add(new Seat("store-" + store, Hardware.PLAIN.withDisk()));
        }
        return seats;
    }

    /** A new object for a place. */
    public Node<EnsembleMessage> node(
            NodeId place,
            Vault.Maker vault,
            Cutting.Maker cutting,
            Rounds.Maker rounds,
            Planner planner) {
        if (place.index() < ranks()) {
            return new Member(this, place.index(), vault, cutting);
        }
        return place.equals(coordinatorPlace())
                ? new Coordinator(this, rounds, planner)
                : new Store(pace.retryNanos());
    }
}
