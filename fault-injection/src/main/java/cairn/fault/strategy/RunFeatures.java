package cairn.fault.strategy;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.choice.Mix;
import cairn.model.fault.Fault;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The features of one run, from what was observed: which claim of a node follows which, which
 * states the nodes are in together, and which fault strikes in which state. It is cheap and coarse
 * on purpose: numbers count by their magnitude only.
 */
// Ordinals are hashed and forgotten with the search: what they number does not matter.
@SuppressWarnings("EnumOrdinal")
public final class RunFeatures implements Observer {

    private static final int ENDED = 30;
    private static final int BOOTED = 31;

    private final long[] words = new long[Coverage.BITS / 64];
    private final Set<String> places = new TreeSet<>();
    private final EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);
    private int[] states = new int[8];
    private int[] events = new int[8];
    private boolean[] recovering = new boolean[8];
    private int faults;
    private int lasting;
    private int leader = -1;
    private boolean restored;

    long word(int index) {
        return words[index];
    }

    boolean has(Mark mark) {
        return marks.contains(mark);
    }

    /** The places that the protocol's author named and that the run came to. */
    Set<String> places() {
        return places;
    }

    @Override
    public void on(Observation observation) {
        switch (observation) {
            case Observation.Claimed(long _, NodeId node, int _, Fact fact, long _, var _) ->
                    claimed(node.index(), fact);
            case Observation.Booted(long _, NodeId node, int incarnation) -> {
                room(node.index());
                recovering[node.index()] = incarnation > 0;
                step(node.index(), BOOTED, true);
                feature(1, node.index(), magnitude(incarnation));
            }
            case Observation.Ended(long _, NodeId node, int _, String _) -> {
                room(node.index());
                mark(Mark.FAILED_DURING_RECOVERY, recovering[node.index()]);
                step(node.index(), ENDED, true);
            }
            case Observation.Struck(long _, Fault fault) -> struck(fault);
            case Observation.Healed(long _, Fault fault) -> {
                lasting--;
                feature(3, fault.kind().ordinal(), together());
            }
            case Observation.Accessed(long _, var access) -> {
                mark(Mark.ACCESS_REFUSED, !access.applied());
                if (!access.applied()) {
                    feature(4, access.status().ordinal(), access.operation().ordinal());
                }
            }
            case Observation.Released _ -> mark(Mark.RELEASED_AFTER_RESTORE, restored);
            case Observation.Invoked _, Observation.Answered _ -> {
                // The workload is no state of the protocol.
            }
        }
    }

    private void struck(Fault fault) {
        mark(Mark.SECOND_FAULT, lasting > 0);
        lasting++;
        faults++;
        int node =
                switch (fault) {
                    case Fault.OfNode ofNode -> ofNode.node().index();
                    case Fault.OfDomain ofDomain -> ofDomain.nodes().getFirst().index();
                    case Fault.OfLink ofLink -> ofLink.to().index();
                };
        room(node);
        feature(5, fault.kind().ordinal() << 8 | node, events[node]);
        feature(6, fault.kind().ordinal() << 8 | node, together());
        feature(7, magnitude(faults), lasting);
    }

    private void claimed(int node, Fact fact) {
        room(node);
        switch (fact) {
            case Fact.Resumed(int _, Epoch epoch) -> {
                restored |= epoch.number() > 0;
                mark(Mark.RESTORED_A_CHECKPOINT, epoch.number() > 0);
                recovering[node] = false;
                step(node, epoch.number() > 0 ? 1 : 2, true);
            }
            case Fact.Leading _ -> {
                mark(Mark.TOOK_OVER, leader >= 0 && leader != node);
                leader = node;
                step(node, 3, true);
            }
            case Fact.SteppedDown _ -> {
                mark(Mark.STEPPED_DOWN, true);
                step(node, 4, true);
            }
            case Fact.Managing _ -> step(node, 5, true);
            case Fact.Cut _ -> step(node, 6, false);
            case Fact.Sealed(int _, Epoch epoch, Epoch needs) ->
                    step(node, epoch.equals(needs) ? 7 : 8, false);
            case Fact.Acknowledged _ -> step(node, 9, false);
            case Fact.Discarded _ -> {
                mark(Mark.DISCARDED, true);
                step(node, 10, false);
            }
            case Fact.Laid _ -> step(node, 11, false);
            case Fact.Removed _ -> step(node, 12, false);
            case Fact.Granted _ -> step(node, 13, false);
            case Fact.Revoked _ -> step(node, 14, false);
            case Fact.Authenticated _ -> step(node, 15, false);
            case Fact.Directory(NodeId _, long _, long _, var entries) ->
                    step(node, entries.isEmpty() ? 16 : 17, true);
            case Fact.Obeyed _ -> step(node, 18, false);
            case Fact.Line _ -> step(node, 19, true);
            case Fact.Finished _ -> step(node, 20, true);
            case Fact.Emitted _ -> step(node, 21, false);
            case Fact.Logged _ -> step(node, 22, false);
            case Fact.Registered _ -> step(node, 23, true);
            case Fact.Held _ -> step(node, 24, false);
            case Fact.Pledged _ -> step(node, 25, true);
            case Fact.Moved _ -> step(node, 26, true);
            case Fact.Migrated _ -> step(node, 27, true);
            case Fact.Reached(String place) -> {
                places.add(place);
                feature(10, place.hashCode(), events[node]);
            }
            case Fact.Applied _,
                    Fact.Retained _,
                    Fact.Doing _,
                    Fact.Sent _,
                    Fact.Received _,
                    Fact.Read _,
                    Fact.Produced _ -> {
                // Far too many to tell states apart.
            }
        }
    }

    /**
     * A node did something; what it did last and before that is a feature, and perhaps its state.
     */
    private void step(int node, int what, boolean changesState) {
        int last = events[node];
        feature(8, node << 8 | what, last);
        events[node] = (last & 31) << 5 | what;
        if (changesState) {
            states[node] = what;
            feature(9, 0, together());
        }
    }

    private long together() {
        return Mix.fold(Arrays.hashCode(states), lasting > 0 ? 1 : 0);
    }

    private void mark(Mark mark, boolean happened) {
        if (happened) {
            marks.add(mark);
        }
    }

    private void feature(int kind, long one, long other) {
        int bit = (int) Mix.fold(Mix.fold(kind, one), other) & (Coverage.BITS - 1);
        words[bit >> 6] |= 1L << bit;
    }

    private static int magnitude(int number) {
        return 32 - Integer.numberOfLeadingZeros(number);
    }

    private void room(int node) {
        while (node >= states.length) {
            int more = 2 * states.length;
            states = Arrays.copyOf(states, more);
            events = Arrays.copyOf(events, more);
            recovering = Arrays.copyOf(recovering, more);
        }
    }
}
