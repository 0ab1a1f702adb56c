package cairn.protocol.migration;

import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.transfer.Form;
import cairn.protocol.migration.MigrationMessage.Abort;
import cairn.protocol.migration.MigrationMessage.Begin;
import cairn.protocol.migration.MigrationMessage.Declined;
import cairn.protocol.migration.MigrationMessage.Go;
import cairn.protocol.migration.MigrationMessage.Gone;
import cairn.protocol.migration.MigrationMessage.Homes;
import cairn.protocol.migration.MigrationMessage.Known;
import cairn.protocol.migration.MigrationMessage.Move;
import cairn.protocol.migration.MigrationMessage.Over;
import cairn.protocol.migration.MigrationMessage.Ready;
import cairn.protocol.migration.MigrationMessage.Staged;
import cairn.protocol.migration.MigrationMessage.Started;
import cairn.protocol.migration.MigrationMessage.Stuck;
import cairn.protocol.migration.MigrationMessage.Take;
import cairn.protocol.migration.MigrationMessage.Whole;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Has one rank after the other moved, and is the one place where it is decided whose a rank is: a
 * target that has all it needs, and a source that has waited for long, both ask here, and who comes
 * first decides how the move ends.
 *
 * <p>It stores nothing. When a rank is lost, or the director itself starts anew, all nodes stop,
 * and all ranks begin again.
 */
final class Director implements Node<MigrationMessage> {

    private static final long TICK = 1;
    private static final long TURN = 2;

    /** More eras and moves than one incarnation ever begins. */
    private static final int BITS = 24;

    /** How often times are doubled. */
    private static final int MOST_SETBACKS = 6;

    private final MigrationSettings settings;
    private final int ranks;
    private final int nodes;
    private final BitSet ready = new BitSet();
    private final BitSet informed = new BitSet();
    private final int[] incarnations;
    private final List<Integer> homes;
    private final NavigableMap<Long, Stage> ended = new TreeMap<>();
    private boolean isRunning;
    private long counter;
    private long era;
    private long version;
    private int next;
    private int setbacks;
    private @Nullable Journey journey;

    /** How far a move is. */
    private enum Stage {
        /** The rank is its source's. */
        UNDER_WAY,
        /** It is its target's, but not all of it is there. */
        TAKEN,
        OVER,
        GIVEN_UP
    }

    /** The move under way. */
    private record Journey(long move, int rank, NodeId source, NodeId target, Stage stage) {

        Journey taken() {
            return new Journey(move, rank, source, target, Stage.TAKEN);
        }
    }

    Director(MigrationSettings settings, int ranks) {
        this.settings = settings;
        this.ranks = ranks;
        this.nodes = ranks + settings.spareNodes();
        this.incarnations = new int[nodes];
        this.homes = new ArrayList<>(IntStream.range(0, ranks).boxed().toList());
    }

    @Override
    public void boot(Boot boot, Outbox<MigrationMessage> out) {
        // Nothing is stored: that numbers grow over restarts follows from the count of these.
        counter = (boot.incarnation() + 1L) << BITS;
        begin(out);
    }

    @Override
    public void on(Event<MigrationMessage> event, Outbox<MigrationMessage> out) {
        switch (event) {
            case Event.Delivered<MigrationMessage>(NodeId origin, MigrationMessage message) ->
                    delivered(origin, message, out);
            case Event.Fired<MigrationMessage>(long timer) -> {
                if (timer == TICK) {
                    remind(out);
                } else if (isRunning && journey == null) {
                    move(out);
                }
            }
            case Event.Asked<MigrationMessage> _,
                    Event.Answered<MigrationMessage> _,
                    Event.Computed<MigrationMessage> _,
                    Event.OfNic<MigrationMessage> _,
                    Event.OfDisk<MigrationMessage> _ ->
                    throw new IllegalStateException("not for a director: " + event);
        }
    }

    private void delivered(NodeId origin, MigrationMessage message, Outbox<MigrationMessage> out) {
        switch (message) {
            case Started(int incarnation) -> startedAnew(origin, incarnation, out);
            case Ready(long of) when of == era -> ready(origin, out);
            case Known(long of, long which) when of == era -> {
                if (which == version) {
                    informed.set(origin.index());
                }
            }
            case Staged(long move) when move > era -> staged(origin, move, out);
            case Stuck(long move) when move > era -> stuck(origin, move, true, out);
            case Declined(long move) when move > era -> stuck(origin, move, false, out);
            case Whole(long move) when move > era -> whole(origin, move, out);
            // Of an era that is over.
            case Ready _, Known _, Staged _, Stuck _, Declined _, Whole _ -> {}
            case MigrationMessage _ ->
                    throw new IllegalStateException("not for a director: " + message);
        }
    }

    // ---- beginning

    private void begin(Outbox<MigrationMessage> out) {
        era = ++counter;
        version = 0;
        isRunning = false;
        journey = null;
        ended.clear();
        ready.clear();
        informed.set(0, nodes);
        out.disarm(TURN);
        remind(out);
    }

    /** A node has lost what it had: that matters if a rank needs it. */
    private void startedAnew(NodeId node, int incarnation, Outbox<MigrationMessage> out) {
        if (incarnation <= incarnations[node.index()]) {
            return;
        }
        incarnations[node.index()] = incarnation;
        Journey own = journey;
        boolean isNeeded = homes.contains(node.index());
        if (own != null && own.stage() == Stage.TAKEN && node.equals(own.source())) {
            // Pages may still have been there that are nowhere else.
            isNeeded |= settings.form() == Form.POST_COPY;
        }
        if (!isRunning) {
            ready.clear(node.index());
        } else if (isNeeded) {
            begin(out);
        } else {
            if (own != null && own.stage() == Stage.UNDER_WAY && node.equals(own.target())) {
                giveUp(own, out);
            }
            out.send(node, new Begin(era, homes));
        }
    }

    private void ready(NodeId node, Outbox<MigrationMessage> out) {
        if (isRunning) {
            // It was told to go and has not heard it, or it is new here.
            out.send(node, new Go(era));
            return;
        }
        ready.set(node.index());
        if (ready.cardinality() == nodes) {
            isRunning = true;
            out.claim(new Fact.Line(Collections.nCopies(ranks, Epoch.ZERO)));
            for (int home : homes) {
                out.send(new NodeId(home), new Go(era));
            }
            out.arm(TURN, settings.everyNanos());
        }
    }

    // ---- moves

    private void move(Outbox<MigrationMessage> out) {
        int rank = next;
        next = (next + 1) % ranks;
        int source = homes.get(rank);
        int target = (source + 1) % nodes;
        while (homes.contains(target)) {
            target = (target + 1) % nodes;
        }
        Journey own =
                new Journey(
                        ++counter, rank, new NodeId(source), new NodeId(target), Stage.UNDER_WAY);
        journey = own;
        sendMove(own, out);
    }

    private void sendMove(Journey own, Outbox<MigrationMessage> out) {
        long patience = settings.patienceNanos() << setbacks;
        out.send(own.source(), new Move(own.move(), own.target(), patience));
    }

    /**
     * The target has all it needs: from now on the rank is its own, unless the move was given up.
     */
    private void staged(NodeId target, long move, Outbox<MigrationMessage> out) {
        Journey own = journey;
        if (own == null || own.move() != move) {
            answer(target, ended.getOrDefault(move, Stage.GIVEN_UP), move, out);
            return;
        }
        if (own.stage() == Stage.UNDER_WAY) {
            journey = own.taken();
            homes.set(own.rank(), own.target().index());
            version++;
            informed.clear();
            tellHomes(out);
        }
        out.send(target, new Take(move));
        out.send(own.source(), new Gone(move));
    }

    /**
     * The source wants the move given up; one that saw no progress may have had too little time.
     */
    private void stuck(NodeId source, long move, boolean isSetback, Outbox<MigrationMessage> out) {
        Journey own = journey;
        if (own == null || own.move() != move) {
            answer(source, ended.getOrDefault(move, Stage.GIVEN_UP), move, out);
        } else if (own.stage() == Stage.UNDER_WAY) {
            setbacks = Math.min(setbacks + (isSetback ? 1 : 0), MOST_SETBACKS);
            giveUp(own, out);
        } else {
            out.send(source, new Gone(move));
        }
    }

    private void giveUp(Journey own, Outbox<MigrationMessage> out) {
        end(own, Stage.GIVEN_UP, out);
    }

    private void whole(NodeId target, long move, Outbox<MigrationMessage> out) {
        Journey own = journey;
        if (own != null && own.move() == move) {
            setbacks = Math.max(setbacks - 1, 0);
            end(own, Stage.OVER, out);
        } else {
            answer(target, ended.getOrDefault(move, Stage.OVER), move, out);
        }
    }

    private void end(Journey own, Stage how, Outbox<MigrationMessage> out) {
        journey = null;
        ended.put(own.move(), how);
        answer(own.source(), how, own.move(), out);
        answer(own.target(), how, own.move(), out);
        out.arm(TURN, settings.everyNanos() << setbacks);
    }

    private static void answer(NodeId who, Stage how, long move, Outbox<MigrationMessage> out) {
        out.send(who, how == Stage.OVER ? new Over(move) : new Abort(move));
    }

    // ---- what is waited for

    /** Says again what may not have been heard; heard twice, it does no harm. */
    private void remind(Outbox<MigrationMessage> out) {
        if (isRunning) {
            Journey own = journey;
            if (own != null && own.stage() == Stage.UNDER_WAY) {
                sendMove(own, out);
            }
            tellHomes(out);
        } else {
            for (int node = 0; node < nodes; node++) {
                if (!ready.get(node)) {
                    out.send(new NodeId(node), new Begin(era, homes));
                }
            }
        }
        out.arm(TICK, settings.retryNanos());
    }

    private void tellHomes(Outbox<MigrationMessage> out) {
        for (int node = 0; node < nodes; node++) {
            if (!informed.get(node)) {
                out.send(new NodeId(node), new Homes(era, version, homes));
            }
        }
    }

    @Override
    public String waitsFor() {
        Journey own = journey;
        if (!isRunning) {
            return "node " + ready.nextClearBit(0) + " to stop for era " + era;
        }
        return own == null
                ? "the next move to be due"
                : "rank " + own.rank() + " to move to node " + own.target().index();
    }
}
