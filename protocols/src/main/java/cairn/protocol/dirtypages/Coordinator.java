package cairn.protocol.dirtypages;

import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.dirtypages.DirtyPagesMessage.Abort;
import cairn.protocol.dirtypages.DirtyPagesMessage.Alive;
import cairn.protocol.dirtypages.DirtyPagesMessage.Armed;
import cairn.protocol.dirtypages.DirtyPagesMessage.Commit;
import cairn.protocol.dirtypages.DirtyPagesMessage.Cut;
import cairn.protocol.dirtypages.DirtyPagesMessage.Drained;
import cairn.protocol.dirtypages.DirtyPagesMessage.Failed;
import cairn.protocol.dirtypages.DirtyPagesMessage.Gather;
import cairn.protocol.dirtypages.DirtyPagesMessage.Go;
import cairn.protocol.dirtypages.DirtyPagesMessage.Halted;
import cairn.protocol.dirtypages.DirtyPagesMessage.Have;
import cairn.protocol.dirtypages.DirtyPagesMessage.Lend;
import cairn.protocol.dirtypages.DirtyPagesMessage.Preempt;
import cairn.protocol.dirtypages.DirtyPagesMessage.Release;
import cairn.protocol.dirtypages.DirtyPagesMessage.Restore;
import cairn.protocol.dirtypages.DirtyPagesMessage.Restored;
import cairn.protocol.dirtypages.DirtyPagesMessage.Resume;
import cairn.protocol.dirtypages.DirtyPagesMessage.Runs;
import cairn.protocol.dirtypages.DirtyPagesMessage.Started;
import cairn.protocol.dirtypages.DirtyPagesMessage.Stored;
import cairn.protocol.dirtypages.DirtyPagesMessage.Take;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Has checkpoints taken by all ranks together, and all ranks go back to the newest that all can
 * restore whenever one of them, or the coordinator, has started anew.
 *
 * <p>It stores nothing: what was committed is what all ranks hold, and numbers grow over restarts
 * with the count of incarnations.
 */
final class Coordinator implements Node<DirtyPagesMessage> {

    private static final long TICK = 1;
    private static final long INTERVAL = 2;
    private static final long SILENCE = 3;

    /** More eras than one incarnation ever begins, and more checkpoints than it ever takes. */
    private static final int BITS = 24;

    private final DirtyPagesSettings settings;
    private final Rules rules;
    private final int ranks;
    private final Layout layout;
    private final Roster roster;
    private final BitSet answered = new BitSet();
    private final NavigableMap<Integer, List<Epoch>> found = new TreeMap<>();
    private Phase phase = Phase.GATHERING;
    private long era;
    private long request;
    private boolean isWanted;
    private boolean isStanding;
    private boolean isOver;
    private Epoch line = Epoch.ZERO;
    private Epoch epoch = Epoch.ZERO;
    private Epoch committed = Epoch.ZERO;

    /** What it waits for, of each place or of each rank. */
    private enum Phase {
        GATHERING,
        RESTORING,
        RUNNING,
        DRAINING,
        ARMING,
        STORING,
        /** All is committed and nothing runs, as the scheduler wants it; or it has not said. */
        HALTED
    }

    Coordinator(DirtyPagesSettings settings, Layout layout, int ranks, Rules rules) {
        this.settings = settings;
        this.layout = layout;
        this.ranks = ranks;
        this.rules = rules;
        this.roster = new Roster(layout, ranks);
    }

    @Override
    public void boot(Boot boot, Outbox<DirtyPagesMessage> out) {
        era = (boot.incarnation() + 1L) << BITS;
        epoch = new Epoch((long) boot.incarnation() << BITS);
        // Until the scheduler has said what it wants, nothing may run.
        isWanted = layout.schedules();
        if (settings.adoptAfterNanos() > 0) {
            out.arm(SILENCE, settings.adoptAfterNanos());
        }
        begin(out);
    }

    @Override
    public void on(Event<DirtyPagesMessage> event, Outbox<DirtyPagesMessage> out) {
        switch (event) {
            case Event.Delivered<DirtyPagesMessage>(NodeId origin, DirtyPagesMessage message) ->
                    delivered(origin, message, out);
            case Event.Fired<DirtyPagesMessage>(long timer) -> {
                if (timer == TICK) {
                    remind(out);
                } else if (timer == SILENCE) {
                    silence(out);
                } else if (phase == Phase.RUNNING) {
                    take(out);
                }
            }
            case Event.Asked<DirtyPagesMessage> _,
                    Event.Answered<DirtyPagesMessage> _,
                    Event.Computed<DirtyPagesMessage> _,
                    Event.OfNic<DirtyPagesMessage> _,
                    Event.OfDisk<DirtyPagesMessage> _ ->
                    throw new IllegalStateException("not for a coordinator: " + event);
        }
    }

    private void delivered(
            NodeId origin, DirtyPagesMessage message, Outbox<DirtyPagesMessage> out) {
        int place = layout.isStorage(origin) ? layout.nodes() : origin.index();
        roster.heard(place);
        switch (message) {
            case Alive() -> roster.alive(place);
            case Started(int incarnation) -> startedAnew(place, incarnation, out);
            case Have(long of, List<Epoch> epochs) when of == era -> have(place, epochs, out);
            case Restored(long of) when of == era -> restored(origin, out);
            case Drained(long of, Epoch which) when of == era ->
                    count(origin, which.equals(epoch), Phase.DRAINING, out);
            case Armed(long of, Epoch which, boolean finished) when of == era ->
                    armed(origin, which, finished, out);
            case Stored(long of, Epoch which) when of == era -> stored(origin, which, out);
            case Failed(long of, Epoch which) when of == era -> failed(origin, which, out);
            case Preempt(long which) -> preempt(which, out);
            case Release(long which) -> release(which, out);
            // Of an era that is over.
            case Have _, Restored _, Drained _, Armed _, Stored _, Failed _ -> {}
            case DirtyPagesMessage _ ->
                    throw new IllegalStateException("not for a coordinator: " + message);
        }
    }

    // ---- going back

    private void startedAnew(int place, int incarnation, Outbox<DirtyPagesMessage> out) {
        if (!roster.hasStartedAnew(place, incarnation)) {
            return;
        }
        if (roster.takesBack(place)) {
            // It is a spare one now, and nobody has to go back because of it.
            gather(place, out);
        } else if (phase != Phase.HALTED) {
            // While nothing runs there is nothing to go back to.
            begin(out);
        }
    }

    private void begin(Outbox<DirtyPagesMessage> out) {
        // The one between is that of whoever had the nodes meanwhile.
        era += 2;
        isStanding = false;
        isOver = false;
        found.clear();
        out.disarm(INTERVAL);
        turn(Phase.GATHERING, out);
    }

    private void turn(Phase next, Outbox<DirtyPagesMessage> out) {
        phase = next;
        answered.clear();
        remind(out);
    }

    private void have(int place, List<Epoch> epochs, Outbox<DirtyPagesMessage> out) {
        if (phase != Phase.GATHERING) {
            return;
        }
        answered.set(place);
        roster.answered(place);
        found.put(place, epochs);
        if (roster.isComplete(answered)) {
            line = newestOfAll();
            committed = line;
            if (isWanted) {
                halt(out);
            } else {
                turn(Phase.RESTORING, out);
            }
        }
    }

    /**
     * Looks who has been silent since the last time. If a rank is there, first all go back to where
     * all can be asked; who is silent then too is dead.
     */
    private void silence(Outbox<DirtyPagesMessage> out) {
        // While all are halted nobody is waited for.
        if (phase != Phase.HALTED
                && roster.suspectsSilent()
                && (phase != Phase.GATHERING || roster.adopts())) {
            begin(out);
        }
        roster.listenAnew();
        out.arm(SILENCE, settings.silenceNanos(roster.mistakes()));
    }

    /** The newest that all can restore: neither the least nor the greatest of what they report. */
    private Epoch newestOfAll() {
        NavigableSet<Epoch> common =
                new TreeSet<>(found.getOrDefault(roster.homes().getFirst(), List.of()));
        for (int home : roster.homes()) {
            common.retainAll(found.getOrDefault(home, List.of()));
        }
        return common.isEmpty() ? Epoch.ZERO : common.last();
    }

    private void restored(NodeId origin, Outbox<DirtyPagesMessage> out) {
        if (phase != Phase.RESTORING) {
            // It was told to go, and has not heard it.
            out.send(origin, new Go(era));
            return;
        }
        answered.set(origin.index());
        if (answered.cardinality() == ranks) {
            out.claim(new Fact.Line(Collections.nCopies(ranks, line)));
            run(new Go(era), out);
        }
    }

    private void run(DirtyPagesMessage news, Outbox<DirtyPagesMessage> out) {
        turn(Phase.RUNNING, out);
        tellRanks(news, out);
        out.arm(INTERVAL, isWanted ? 0 : settings.intervalNanos());
    }

    // ---- preemption

    /** DJ-13: a checkpoint that nobody goes on from. */
    private void preempt(long which, Outbox<DirtyPagesMessage> out) {
        if (which < request || (isOver && phase == Phase.RUNNING)) {
            return;
        }
        request = which;
        isWanted = true;
        if (phase == Phase.HALTED) {
            out.send(layout.scheduler(), new Halted(request));
        } else if (phase == Phase.RUNNING) {
            take(out);
        }
    }

    /** DJ-15: goes on; where files can be read from everywhere, each rank on another node. */
    private void release(long which, Outbox<DirtyPagesMessage> out) {
        if (which < request) {
            return;
        }
        request = which;
        isWanted = false;
        isStanding = false;
        if (phase == Phase.RUNNING) {
            out.send(layout.scheduler(), new Runs(request));
        } else if (phase == Phase.HALTED) {
            if (layout.stores() && !committed.equals(Epoch.ZERO)) {
                roster.moveOn();
            }
            begin(out);
        }
    }

    private void halt(Outbox<DirtyPagesMessage> out) {
        turn(Phase.HALTED, out);
        out.send(layout.scheduler(), new Halted(request));
    }

    // ---- checkpoints

    private void take(Outbox<DirtyPagesMessage> out) {
        epoch = epoch.next();
        isStanding = isWanted;
        isOver = true;
        turn(settings.inFlight() == InFlight.DRAIN ? Phase.DRAINING : Phase.ARMING, out);
    }

    /** One more rank has done what is waited for; when all have, goes on. */
    private void count(NodeId origin, boolean counts, Phase of, Outbox<DirtyPagesMessage> out) {
        if (phase != of || !counts) {
            return;
        }
        answered.set(origin.index());
        if (answered.cardinality() < ranks) {
            return;
        }
        switch (of) {
            case DRAINING -> turn(Phase.ARMING, out);
            // DJ-4: all are armed, so nothing is sent any more that a cut still to come would see.
            case ARMING -> {
                // A computation that is over has no use for being halted.
                isWanted &= !isOver;
                isStanding &= !isOver;
                turn(Phase.STORING, out);
                if (!isStanding) {
                    tellRanks(new Resume(era, epoch), out);
                }
            }
            case STORING -> {
                committed = epoch;
                if (isStanding) {
                    tellRanks(new Commit(era, epoch), out);
                    halt(out);
                } else {
                    run(new Commit(era, epoch), out);
                }
            }
            case GATHERING, RESTORING, RUNNING, HALTED ->
                    throw new IllegalStateException("not a phase of a checkpoint: " + of);
        }
    }

    private void armed(
            NodeId origin, Epoch which, boolean finished, Outbox<DirtyPagesMessage> out) {
        isOver &= finished || phase != Phase.ARMING;
        boolean isLate = phase == Phase.STORING || phase == Phase.RUNNING;
        if (isLate && which.equals(epoch) && !isStanding) {
            // It has not heard that all are.
            out.send(origin, new Resume(era, epoch));
        } else {
            count(origin, rules.isArmedFor(which, epoch), Phase.ARMING, out);
        }
    }

    private void stored(NodeId origin, Epoch which, Outbox<DirtyPagesMessage> out) {
        if (phase == Phase.RUNNING && which.equals(epoch)) {
            out.send(origin, ending());
        } else {
            count(origin, which.equals(epoch), Phase.STORING, out);
        }
    }

    private void failed(NodeId origin, Epoch which, Outbox<DirtyPagesMessage> out) {
        if (!which.equals(epoch)) {
            return;
        }
        if (phase == Phase.RUNNING) {
            out.send(origin, ending());
        } else if (phase == Phase.STORING) {
            isStanding = false;
            run(new Abort(era, epoch), out);
        }
    }

    /** How the last checkpoint ended. */
    private DirtyPagesMessage ending() {
        return committed.equals(epoch) ? new Commit(era, epoch) : new Abort(era, epoch);
    }

    // ---- what is waited for

    /** Asks again those that have not answered; asked twice, they do no harm. */
    private void remind(Outbox<DirtyPagesMessage> out) {
        switch (phase) {
            case GATHERING -> {
                for (int place = 0; place < roster.places(); place++) {
                    if (!answered.get(place)) {
                        gather(place, out);
                    }
                }
            }
            case RESTORING -> askRanks(new Restore(era, line), out);
            case DRAINING -> askRanks(new Take(era, epoch, committed), out);
            case ARMING ->
                    askRanks(
                            settings.inFlight() == InFlight.DRAIN
                                    ? new Cut(era, epoch)
                                    : new Take(era, epoch, committed),
                            out);
            case HALTED -> {
                if (isWanted) {
                    // The era after this one is the tenant's.
                    tellRanks(new Lend(era, era + 1), out);
                }
            }
            case RUNNING, STORING -> {
                // The ranks repeat what they have to say.
            }
        }
        out.arm(TICK, settings.retryNanos());
    }

    private void gather(int place, Outbox<DirtyPagesMessage> out) {
        out.send(
                place < layout.nodes() ? new NodeId(place) : layout.storage(),
                new Gather(era, roster.incarnation(place), roster.homes()));
    }

    private void askRanks(DirtyPagesMessage what, Outbox<DirtyPagesMessage> out) {
        for (int home : roster.homes()) {
            if (!answered.get(home)) {
                out.send(new NodeId(home), what);
            }
        }
    }

    private void tellRanks(DirtyPagesMessage what, Outbox<DirtyPagesMessage> out) {
        for (int home : roster.homes()) {
            out.send(new NodeId(home), what);
        }
    }

    @Override
    public String waitsFor() {
        return switch (phase) {
            case GATHERING -> "place " + answered.nextClearBit(0) + " to stop for era " + era;
            case RESTORING -> "rank " + unanswered() + " to go back to " + line;
            case RUNNING -> "the next checkpoint to be due";
            case DRAINING -> "rank " + unanswered() + " to drain for " + epoch;
            case ARMING -> "rank " + unanswered() + " to be armed for " + epoch;
            case STORING -> "rank " + unanswered() + " to store " + epoch;
            case HALTED -> "the scheduler";
        };
    }

    /** The first rank whose node has not answered. */
    private int unanswered() {
        List<Integer> homes = roster.homes();
        return IntStream.range(0, ranks)
                .filter(rank -> !answered.get(homes.get(rank)))
                .findFirst()
                .orElse(ranks);
    }
}
