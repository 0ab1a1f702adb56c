package cairn.protocol.dirtypages;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Computation;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.model.storage.Disk;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.part.chain.ImageFiles;
import cairn.part.incremental.Checkpointer;
import cairn.part.remote.Errand;
import cairn.part.remote.RemoteDisk;
import cairn.protocol.dirtypages.DirtyPagesMessage.Abort;
import cairn.protocol.dirtypages.DirtyPagesMessage.Alive;
import cairn.protocol.dirtypages.DirtyPagesMessage.Armed;
import cairn.protocol.dirtypages.DirtyPagesMessage.Arrived;
import cairn.protocol.dirtypages.DirtyPagesMessage.Carried;
import cairn.protocol.dirtypages.DirtyPagesMessage.Commit;
import cairn.protocol.dirtypages.DirtyPagesMessage.Cut;
import cairn.protocol.dirtypages.DirtyPagesMessage.Drained;
import cairn.protocol.dirtypages.DirtyPagesMessage.Failed;
import cairn.protocol.dirtypages.DirtyPagesMessage.Ferried;
import cairn.protocol.dirtypages.DirtyPagesMessage.Gather;
import cairn.protocol.dirtypages.DirtyPagesMessage.Go;
import cairn.protocol.dirtypages.DirtyPagesMessage.Halted;
import cairn.protocol.dirtypages.DirtyPagesMessage.Have;
import cairn.protocol.dirtypages.DirtyPagesMessage.Landed;
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

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A node that executes a rank. It does as the coordinator says, and repeats what the coordinator
 * waits for until that has heard it.
 */
final class Worker implements Node<DirtyPagesMessage> {

    private static final long TICK = 1;

    private final DirtyPagesSettings settings;
    private final Computation computation;
    private final CpuCosts costs;
    private final Rules rules;
    private final NodeId self;
    private final NodeId coordinator;
    private final Layout layout;
    private final Channels<Errand> errands = new Channels<>(1);
    private final ImageFiles<DirtyPagesMessage> files;
    private final NavigableMap<Integer, Rank> ranks = new TreeMap<>();
    private @Nullable Execution process;
    private @Nullable Tenant tenant;
    private State state = State.IDLE;
    private long era;
    private Epoch taken = Epoch.ZERO;
    private int incarnation;

    private enum State {
        /** No rank is here. */
        IDLE,
        /** Another computation is here. */
        LENT,
        /** Looks what can be restored. */
        SCANNING,
        /** Has found what can be restored. */
        FOUND,
        RESTORING,
        RESTORED,
        RUNNING,
        /** Stopped, until all that was sent has arrived. */
        DRAINING,
        /** In the barrier. */
        ARMED
    }

    Worker(
            DirtyPagesSettings settings,
            Computation computation,
            Layout layout,
            NodeId self,
            CpuCosts costs,
            Rules rules) {
        this.settings = settings;
        this.computation = computation;
        this.costs = costs;
        this.rules = rules;
        this.self = self;
        this.coordinator = layout.coordinator();
        this.layout = layout;
        this.files =
                new ImageFiles<>(settings.place() == Place.OWN_DISK ? Outbox::disk : this::remote);
    }

    private Disk remote(Outbox<DirtyPagesMessage> out) {
        return new RemoteDisk(errand -> errands.send(0, errand, wire(out)));
    }

    @Override
    public void boot(Boot boot, Outbox<DirtyPagesMessage> out) {
        incarnation = boot.incarnation();
        tick(out);
    }

    @Override
    public void on(Event<DirtyPagesMessage> event, Outbox<DirtyPagesMessage> out) {
        switch (event) {
            case Event.Delivered<DirtyPagesMessage>(NodeId origin, DirtyPagesMessage message) -> {
                out.spend(costs.messageNanos());
                delivered(origin, message, out);
            }
            case Event.Computed<DirtyPagesMessage>(long token) -> {
                if (process != null) {
                    process.computed(token, out);
                }
            }
            case Event.OfDisk<DirtyPagesMessage> answer -> files.on(answer, out);
            case Event.Fired<DirtyPagesMessage> _ -> tick(out);
            case Event.Asked<DirtyPagesMessage> _,
                    Event.Answered<DirtyPagesMessage> _,
                    Event.OfNic<DirtyPagesMessage> _ ->
                    throw new IllegalStateException("not for a rank: " + event);
        }
    }

    private void delivered(
            NodeId origin, DirtyPagesMessage message, Outbox<DirtyPagesMessage> out) {
        switch (message) {
            case Gather(long of, int life, List<Integer> homes) -> {
                if (life == incarnation) {
                    gather(of, homes, out);
                } else {
                    // Late, and for an earlier life; or from a coordinator that has started anew.
                    out.send(coordinator, new Started(incarnation));
                }
            }
            case Ferried(Frame<Errand> frame) ->
                    errands.receive(0, frame, wire(out))
                            .forEach(errand -> files.on(errand.toAnswer(), out));
            case Landed(long of, long upTo) -> errands.acknowledged(0, of, upTo, wire(out));
            case Carried(Frame<Parcel> frame) when tenant != null -> tenant.hear(frame);
            case Lend(long of, long tenantEra) -> {
                if (of == era && state != State.LENT) {
                    lend(tenantEra, out);
                }
            }
            case DirtyPagesMessage forRank -> {
                if (process != null) {
                    delivered(origin, forRank, process, out);
                }
            }
        }
    }

    private void delivered(
            NodeId origin,
            DirtyPagesMessage message,
            Execution own,
            Outbox<DirtyPagesMessage> out) {
        switch (message) {
            case Carried(Frame<Parcel> frame) -> own.carried(origin.index(), frame, out);
            case Arrived(long of, long upTo) -> own.arrived(origin.index(), of, upTo, out);
            case Restore(long of, Epoch line) when of == era -> restore(line, own, out);
            case Go(long of) when of == era -> go(own, out);
            case Take(long of, Epoch epoch, Epoch committed) when of == era ->
                    take(epoch, committed, own, out);
            case Cut(long of, Epoch epoch) when of == era -> {
                if (state == State.DRAINING && epoch.equals(taken)) {
                    arm(own, out);
                }
            }
            case Resume(long of, Epoch epoch) when of == era -> {
                if (epoch.equals(taken)) {
                    resume(own, out);
                }
            }
            case Commit(long of, Epoch epoch) when of == era -> own.ready().committed(epoch, out);
            case Abort(long of, Epoch epoch) when of == era -> {
                if (epoch.equals(own.ready().epoch())) {
                    own.abort(out);
                }
            }
            // Of an era that is over.
            case Restore _, Go _, Take _, Cut _, Resume _, Commit _, Abort _ -> {}
            case Started _,
                    Alive _,
                    Gather _,
                    Have _,
                    Restored _,
                    Drained _,
                    Armed _,
                    Stored _,
                    Failed _,
                    Ferried _,
                    Landed _,
                    Preempt _,
                    Release _,
                    Halted _,
                    Runs _,
                    Lend _ ->
                    throw new IllegalStateException("not for a rank: " + message);
        }
    }

    // ---- going back

    /** A new era: whatever ran here ends, and what is asked of disks from now on is of this era. */
    private void gather(long of, List<Integer> homes, Outbox<DirtyPagesMessage> out) {
        if (of > era) {
            era = of;
            taken = Epoch.ZERO;
            tenant = null;
            errands.begin(era);
            if (process != null) {
                process.end(out);
            }
            int index = homes.indexOf(self.index());
            if (index < 0) {
                process = null;
                state = State.IDLE;
            } else {
                files.open(index);
                Execution own =
                        new Execution(
                                rank(index),
                                era,
                                homes,
                                settings,
                                costs,
                                rules,
                                files,
                                this::report);
                process = own;
                state = State.SCANNING;
                own.scan(later -> turn(State.FOUND, later), out);
            }
        }
        report(out);
    }

    /** One for each index: what an older one computed is not taken for what a newer one does. */
    private Rank rank(int index) {
        return ranks.computeIfAbsent(
                index, _ -> new Rank(computation, index, settings.deviceReceives()));
    }

    /** DJ-14: another computation gets the node, and all that is of this one here is forgotten. */
    private void lend(long tenantEra, Outbox<DirtyPagesMessage> out) {
        if (process != null) {
            process.leave(out);
            process = null;
        }
        state = State.LENT;
        Tenant next = new Tenant(self.index(), layout.nodes(), tenantEra);
        tenant = next;
        next.moveIn(out.memory());
    }

    private void turn(State next, Outbox<DirtyPagesMessage> out) {
        state = next;
        report(out);
    }

    private void restore(Epoch line, Execution own, Outbox<DirtyPagesMessage> out) {
        if (state == State.FOUND) {
            state = State.RESTORING;
            boolean isOwn = own.rank() == self.index();
            own.restore(
                    isOwn ? line : rules.takenUpAt(line, own.restorable()),
                    later -> turn(State.RESTORED, later),
                    out);
        } else {
            report(out);
        }
    }

    private void go(Execution own, Outbox<DirtyPagesMessage> out) {
        if (state != State.RESTORED) {
            return;
        }
        taken = own.ready().epoch();
        if (!rules.leftBarrier() && !taken.equals(Epoch.ZERO)) {
            state = State.ARMED;
            return;
        }
        state = State.RUNNING;
        own.go(out);
    }

    // ---- checkpoints

    private void take(Epoch epoch, Epoch committed, Execution own, Outbox<DirtyPagesMessage> out) {
        if (!epoch.isAfter(taken)) {
            report(out);
            return;
        }
        // Whoever takes the next checkpoint knows how the last one ended, and that all left it.
        if (state == State.ARMED) {
            resume(own, out);
        }
        if (state != State.RUNNING) {
            return;
        }
        own.ready().committed(committed, out);
        own.abort(out);
        taken = epoch;
        state = State.DRAINING;
        own.stop(out);
        if (settings.inFlight() == InFlight.SAVE) {
            arm(own, out);
        } else {
            report(out);
        }
    }

    private void arm(Execution own, Outbox<DirtyPagesMessage> out) {
        state = State.ARMED;
        own.cut(taken, out);
        report(out);
        if (!rules.waitsAtBarrier()) {
            resume(own, out);
        }
    }

    private void resume(Execution own, Outbox<DirtyPagesMessage> out) {
        if (state == State.ARMED) {
            state = State.RUNNING;
            own.resume(out);
        }
    }

    // ---- what the coordinator waits for

    private void tick(Outbox<DirtyPagesMessage> out) {
        if (tenant != null) {
            tenant.work(out);
        }
        if (process != null) {
            process.tick(out);
        }
        errands.tick(wire(out));
        report(out);
        if (settings.adoptAfterNanos() > 0) {
            out.send(coordinator, new Alive());
        }
        out.arm(TICK, settings.retryNanos());
    }

    /** Says again what may be waited for. */
    private void report(Outbox<DirtyPagesMessage> out) {
        if (era == 0) {
            out.send(coordinator, new Started(incarnation));
        } else if (process == null) {
            out.send(coordinator, new Have(era, List.of()));
        } else {
            report(process, out);
        }
    }

    private void report(Execution own, Outbox<DirtyPagesMessage> out) {
        switch (state) {
            case FOUND -> out.send(coordinator, new Have(era, own.restorable()));
            case RESTORED -> out.send(coordinator, new Restored(era));
            case DRAINING -> {
                if (own.isQuiet()) {
                    out.send(coordinator, new Drained(era, taken));
                }
            }
            case ARMED -> {
                out.send(coordinator, new Armed(era, taken, own.isFinished()));
                reportImage(own, out);
            }
            case RUNNING -> reportImage(own, out);
            case IDLE, LENT, SCANNING, RESTORING -> {
                // Nobody waits for it to say anything.
            }
        }
    }

    private void reportImage(Execution own, Outbox<DirtyPagesMessage> out) {
        Checkpointer<DirtyPagesMessage> checkpointer = own.ready();
        if (checkpointer.isStored()) {
            out.send(coordinator, new Stored(era, checkpointer.epoch()));
        } else if (checkpointer.hasFailed()) {
            out.send(coordinator, new Failed(era, checkpointer.epoch()));
        }
    }

    private Channels.Wire<Errand> wire(Outbox<DirtyPagesMessage> out) {
        return Channels.Wire.to(_ -> layout.storage(), Ferried::new, Landed::new, out);
    }

    @Override
    public String waitsFor() {
        Execution own = process;
        return switch (state) {
            case IDLE -> era == 0 ? "being told of an era" : "nothing";
            case LENT -> "the node, which is lent";
            case SCANNING, RESTORING -> "its disk";
            case FOUND -> "a line to go back to";
            case RESTORED -> "all to be restored";
            case DRAINING -> "its messages to arrive for " + taken;
            case ARMED -> "all to be armed for " + taken;
            case RUNNING -> own == null ? "nothing" : own.waitsFor();
        };
    }
}
