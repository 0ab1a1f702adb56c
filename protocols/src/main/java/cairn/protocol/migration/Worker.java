package cairn.protocol.migration;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Computation;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.part.Channels.Frame;
import cairn.part.transfer.Arrival;
import cairn.part.transfer.Cargo;
import cairn.part.transfer.Departure;
import cairn.protocol.migration.MigrationMessage.Abort;
import cairn.protocol.migration.MigrationMessage.Arrived;
import cairn.protocol.migration.MigrationMessage.Begin;
import cairn.protocol.migration.MigrationMessage.Carried;
import cairn.protocol.migration.MigrationMessage.Declined;
import cairn.protocol.migration.MigrationMessage.Demand;
import cairn.protocol.migration.MigrationMessage.Go;
import cairn.protocol.migration.MigrationMessage.Gone;
import cairn.protocol.migration.MigrationMessage.Homes;
import cairn.protocol.migration.MigrationMessage.Known;
import cairn.protocol.migration.MigrationMessage.Landed;
import cairn.protocol.migration.MigrationMessage.Move;
import cairn.protocol.migration.MigrationMessage.Over;
import cairn.protocol.migration.MigrationMessage.Ready;
import cairn.protocol.migration.MigrationMessage.Shipped;
import cairn.protocol.migration.MigrationMessage.Staged;
import cairn.protocol.migration.MigrationMessage.Started;
import cairn.protocol.migration.MigrationMessage.Stuck;
import cairn.protocol.migration.MigrationMessage.Take;
import cairn.protocol.migration.MigrationMessage.Whole;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A node that executes a rank, or none; a rank leaves it, or arrives. */
final class Worker implements Node<MigrationMessage> {

    private static final long TICK = 1;
    private static final long PATIENCE = 2;

    private final MigrationSettings settings;
    private final Computation computation;
    private final CpuCosts costs;
    private final Rules rules;
    private final NodeId self;
    private final NodeId director;
    private final Routes routes = new Routes();
    private final NavigableMap<Integer, Rank> ranks = new TreeMap<>();
    private @Nullable Execution process;
    private @Nullable Departure<Processor, MigrationMessage> departure;
    private @Nullable Arrival<Processor, MigrationMessage> arrival;
    private long patienceNanos;
    private int leaving;

    /** What came for a rank that is on its way here. */
    private final List<Frame<Parcel>> early = new ArrayList<>();

    private long era;
    private long newestMove;
    private int incarnation;

    Worker(
            MigrationSettings settings,
            Computation computation,
            NodeId self,
            NodeId director,
            CpuCosts costs,
            Rules rules) {
        this.settings = settings;
        this.computation = computation;
        this.self = self;
        this.director = director;
        this.costs = costs;
        this.rules = rules;
    }

    @Override
    public void boot(Boot boot, Outbox<MigrationMessage> out) {
        incarnation = boot.incarnation();
        tick(out);
    }

    @Override
    public void on(Event<MigrationMessage> event, Outbox<MigrationMessage> out) {
        switch (event) {
            case Event.Delivered<MigrationMessage>(NodeId origin, MigrationMessage message) -> {
                out.spend(costs.messageNanos());
                delivered(origin, message, out);
            }
            case Event.Computed<MigrationMessage>(long token) -> {
                if (process != null) {
                    process.computed(token, out);
                }
            }
            case Event.Fired<MigrationMessage>(long timer) -> {
                if (timer == TICK) {
                    tick(out);
                } else if (departure != null) {
                    stuck(departure, out);
                }
            }
            case Event.Asked<MigrationMessage> _,
                    Event.Answered<MigrationMessage> _,
                    Event.OfNic<MigrationMessage> _,
                    Event.OfDisk<MigrationMessage> _ ->
                    throw new IllegalStateException("not for a node: " + event);
        }
    }

    private void delivered(NodeId origin, MigrationMessage message, Outbox<MigrationMessage> out) {
        switch (message) {
            case Begin(long of, List<Integer> homes) -> begin(of, homes, out);
            case Go(long of) when of == era -> go(out);
            case Homes(long of, long version, List<Integer> homes) when of == era -> {
                routes.learn(version, homes);
                out.send(director, new Known(era, version));
            }
            case Move order when order.move() > newestMove -> move(order, out);
            case Shipped(Frame<Cargo<Processor>> frame) -> shipped(origin, frame, out);
            case Landed(long move, long upTo) -> {
                if (departure != null
                        && departure.number() == move
                        && departure.landed(upTo, out)) {
                    out.arm(PATIENCE, patienceNanos);
                }
            }
            case Demand(long move, int page) -> {
                if (departure != null && departure.number() == move) {
                    departure.demanded(page, out);
                }
            }
            case Take(long move) -> {
                if (arrival != null && arrival.number() == move) {
                    take(arrival, out);
                }
            }
            case Gone(long move) -> {
                if (departure != null && departure.number() == move) {
                    gone(departure, out);
                }
            }
            case Abort(long move) -> abort(move, out);
            case Over(long move) -> over(move, out);
            case Carried(Frame<Parcel> frame) when frame.era() == era -> carried(frame, out);
            case Arrived(long of, int from, int to, long upTo) when of == era -> {
                if (process != null && process.rank() == to) {
                    process.arrived(from, of, upTo, out);
                }
            }
            // Of an era or a move that is over.
            case Go _, Homes _, Move _, Carried _, Arrived _ -> {}
            case Started _, Ready _, Known _, Staged _, Stuck _, Declined _, Whole _ ->
                    throw new IllegalStateException("not for a node: " + message);
        }
    }

    // ---- beginning

    private void begin(long of, List<Integer> homes, Outbox<MigrationMessage> out) {
        if (of > era) {
            era = of;
            newestMove = of;
            routes.begin(homes);
            if (process != null) {
                process.end(out);
            }
            departure = null;
            arrival = null;
            process = null;
            int index = routes.rankAt(self);
            if (index >= 0) {
                process = execution(index);
                out.claim(new Fact.Doing(index, Activity.RESTART));
            }
        }
        if (of == era) {
            out.send(director, new Ready(era));
        }
    }

    /** One for each index: what an older one computed is not taken for what a newer one does. */
    private Execution execution(int index) {
        Rank rank = ranks.computeIfAbsent(index, _ -> new Rank(computation, index));
        rank.reset();
        return new Execution(rank, computation.ranks(), era, routes, costs, rules);
    }

    private void go(Outbox<MigrationMessage> out) {
        if (process != null && hasNotBegun()) {
            process.begin(out);
        }
    }

    /** Whether a rank is here that waits for all nodes to have stopped. */
    private boolean hasNotBegun() {
        return process != null && process.isStopped() && departure == null;
    }

    // ---- a rank leaves

    private void move(Move order, Outbox<MigrationMessage> out) {
        if (process == null || hasNotBegun()) {
            // Not here any more, or not begun yet.
            return;
        }
        newestMove = order.move();
        if (process.isFinished()) {
            out.send(director, new Declined(order.move()));
            return;
        }
        if (departure != null) {
            // Whoever moves it again knows that it stayed.
            process.stay(out);
        }
        arrival = null;
        var next =
                new Departure<>(
                        order.move(),
                        order.target(),
                        process,
                        settings.transfer(),
                        new MigrationMessage.OfTransfer(),
                        costs,
                        rules);
        leaving = process.rank();
        patienceNanos = order.patienceNanos();
        departure = next;
        process.leave(next);
        out.arm(PATIENCE, patienceNanos);
        next.begin(out);
    }

    private void stuck(Departure<?, ?> own, Outbox<MigrationMessage> out) {
        if (rules.asksBeforeGoingOn() || process == null) {
            out.send(director, new Stuck(own.number()));
            out.arm(PATIENCE, settings.retryNanos());
        } else {
            abort(own.number(), out);
        }
    }

    private void gone(Departure<?, ?> own, Outbox<MigrationMessage> out) {
        if (process != null) {
            routes.moved(leaving, own.target());
            process.follow(out);
            process.end(out);
            process = null;
        }
    }

    private void over(long move, Outbox<MigrationMessage> out) {
        Departure<?, ?> own = departure;
        if (own != null && own.number() == move) {
            gone(own, out);
            departure = null;
            out.disarm(PATIENCE);
            out.claim(
                    new Fact.Migrated(
                            leaving, new Epoch(move), own.rounds(), own.bytes(), own.fetched()));
        }
        if (arrival != null && arrival.number() == move) {
            arrival = null;
            if (process != null) {
                process.arrivedWhole();
            }
        }
    }

    private void abort(long move, Outbox<MigrationMessage> out) {
        newestMove = Math.max(newestMove, move);
        if (departure != null && departure.number() == move && process != null) {
            departure = null;
            out.disarm(PATIENCE);
            process.stay(out);
        }
        if (arrival != null && arrival.number() == move && process == null) {
            arrival = null;
        }
    }

    // ---- a rank arrives

    private void shipped(
            NodeId origin, Frame<Cargo<Processor>> frame, Outbox<MigrationMessage> out) {
        long move = frame.era();
        // Who has just been restarted knows of no era, and would take what it cannot run.
        if (era > 0 && move > newestMove && process == null) {
            newestMove = move;
            if (departure != null) {
                // A node that is sent another rank has nothing left of the one that was here.
                over(departure.number(), out);
            }
            early.clear();
            arrival = new Arrival<>(move, origin, new MigrationMessage.OfTransfer(), rules);
            out.memory().clear();
        }
        Arrival<Processor, MigrationMessage> own = arrival;
        if (own == null || own.number() != move) {
            return;
        }
        own.receive(frame, out);
        if (own.isTaken()) {
            if (process != null) {
                process.pagesArrived(out);
            }
        } else if (own.processor() != null) {
            out.send(director, new Staged(move));
            if (!rules.waitsForWord()) {
                take(own, out);
            }
        }
        reportWhole(own, out);
    }

    private void take(Arrival<Processor, MigrationMessage> own, Outbox<MigrationMessage> out) {
        Processor processor = own.processor();
        if (processor == null || own.isTaken()) {
            return;
        }
        own.take();
        routes.moved(processor.rank(), self);
        Execution next = execution(processor.rank());
        process = next;
        next.resume(processor, own, out);
        List<Frame<Parcel>> waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(frame -> next.carried(frame, out));
        reportWhole(own, out);
    }

    private void reportWhole(Arrival<?, ?> own, Outbox<MigrationMessage> out) {
        if (own.isWhole()) {
            out.send(director, new Whole(own.number()));
        }
    }

    // ---- messages of ranks

    private void carried(Frame<Parcel> frame, Outbox<MigrationMessage> out) {
        int to = frame.payload().to();
        if (process != null && process.rank() == to) {
            process.carried(frame, out);
        } else if (arrival != null
                && !arrival.isTaken()
                && routes.home(to).equals(arrival.source())) {
            // Sent back, it would come again, and so on as long as this node waits for word.
            early.add(frame);
        } else if (!routes.home(to).equals(self)) {
            // The rank was here, and what comes for it follows it.
            out.send(routes.home(to), new Carried(frame));
        }
    }

    private void tick(Outbox<MigrationMessage> out) {
        if (era == 0) {
            out.send(director, new Started(incarnation));
        }
        if (process != null) {
            process.tick(out);
        }
        if (hasNotBegun()) {
            // What told it to go may have been lost.
            out.send(director, new Ready(era));
        }
        if (departure != null) {
            departure.tick(out);
        }
        if (arrival != null) {
            arrival.tick(out);
            if (arrival.processor() != null && !arrival.isTaken()) {
                out.send(director, new Staged(arrival.number()));
            }
            reportWhole(arrival, out);
        }
        out.arm(TICK, settings.retryNanos());
    }

    @Override
    public String waitsFor() {
        if (era == 0) {
            return "being told of an era";
        }
        if (arrival != null && !arrival.isTaken()) {
            return arrival.processor() == null ? "the rest of a rank" : "a rank to be given to it";
        }
        if (departure != null) {
            return "rank " + leaving + " to have left";
        }
        return process == null ? "nothing" : process.waitsFor();
    }
}
