package cairn.protocol.messagelogging;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Host;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Image;
import cairn.protocol.messagelogging.MessageLoggingMessage.Arrived;
import cairn.protocol.messagelogging.MessageLoggingMessage.Carried;
import cairn.protocol.messagelogging.MessageLoggingMessage.Commit;
import cairn.protocol.messagelogging.MessageLoggingMessage.Go;
import cairn.protocol.messagelogging.MessageLoggingMessage.Have;
import cairn.protocol.messagelogging.MessageLoggingMessage.Pause;
import cairn.protocol.messagelogging.MessageLoggingMessage.Paused;
import cairn.protocol.messagelogging.MessageLoggingMessage.Report;
import cairn.protocol.messagelogging.MessageLoggingMessage.Restore;
import cairn.protocol.messagelogging.MessageLoggingMessage.Restored;
import cairn.protocol.messagelogging.MessageLoggingMessage.Resume;
import cairn.protocol.messagelogging.MessageLoggingMessage.Saved;
import cairn.protocol.messagelogging.MessageLoggingMessage.Started;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Executes a rank, logs what it sends, and checkpoints it when the coordinator says so. */
final class Worker implements Node<MessageLoggingMessage>, Host<MessageLoggingMessage> {

    private static final long TICK = Slots.TOKENS;

    private final MessageLoggingSettings settings;
    private final CpuCosts costs;
    private final NodeId coordinator;
    private final Rank rank;
    private final Rules rules;
    private final Traffic traffic;
    private final Slots slots;
    private final Outputs outputs;
    private final List<Runnable> putOff = new ArrayList<>();
    private Phase phase = Phase.SCANNING;
    private int incarnation;
    private long era;
    private boolean reportAsked;

    /** The newest cut of this era, or the checkpoint that was restored. */
    private long epoch;

    /** What a rank is at. */
    private enum Phase {
        /** Looks what is on its disk. */
        SCANNING,
        /** Has nothing in memory, or no longer what it should. */
        IDLE,
        /** Reads the checkpoint to go back to. */
        RESTORING,
        /** Is back, and waits until all are. */
        RESTORED,
        RUNNING,
        /** Stands still at its cut. */
        PAUSED
    }

    Worker(MessageLoggingSettings settings, Rank rank, int ranks, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.rank = rank;
        this.costs = costs;
        this.rules = rules;
        this.coordinator = new NodeId(ranks);
        this.traffic = new Traffic(ranks, settings.window(), rules);
        this.slots = new Slots(rank.index(), settings.retryNanos());
        this.outputs = new Outputs(rank.index());
    }

    @Override
    public void boot(Boot boot, Outbox<MessageLoggingMessage> out) {
        incarnation = boot.incarnation();
        does(Activity.RESTART, out);
        slots.scan(out);
    }

    private void does(Activity activity, Outbox<MessageLoggingMessage> out) {
        out.claim(new Fact.Doing(rank.index(), activity));
    }

    @Override
    public void on(Event<MessageLoggingMessage> event, Outbox<MessageLoggingMessage> out) {
        switch (event) {
            case Event.Delivered<MessageLoggingMessage>(NodeId origin, var message) -> {
                out.spend(costs.messageNanos());
                delivered(origin.index(), message, out);
            }
            case Event.Computed<MessageLoggingMessage>(long token) -> {
                if (rank.computed(token)) {
                    rank.run(this, out);
                }
            }
            case Event.Fired<MessageLoggingMessage>(long timer) -> {
                if (timer == TICK) {
                    tick(out);
                } else {
                    slots.fired(timer, out);
                }
            }
            case Event.OfDisk<MessageLoggingMessage> disk -> {
                switch (slots.on(disk, out)) {
                    case SCANNED -> {
                        phase = Phase.IDLE;
                        tick(out);
                    }
                    case READ -> restored(slots.image(), out);
                    case WRITTEN -> {
                        out.claim(
                                new Fact.Sealed(rank.index(), new Epoch(epoch), new Epoch(epoch)));
                        sayWhatIsSaved(out);
                    }
                    case BROKEN -> out.halt("its disk failed, or a checkpoint is damaged");
                    case UNDER_WAY -> {
                        // The disk is asked for the next step.
                    }
                }
            }
            case Event.Asked<MessageLoggingMessage> _,
                    Event.Answered<MessageLoggingMessage> _,
                    Event.OfNic<MessageLoggingMessage> _ ->
                    throw new IllegalStateException("not for a rank: " + event);
        }
    }

    private void tick(Outbox<MessageLoggingMessage> out) {
        if (era == 0) {
            out.send(coordinator, new Started(incarnation));
        } else if (phase == Phase.RESTORED) {
            out.send(coordinator, new Restored(era));
        } else if (phase == Phase.RUNNING || phase == Phase.PAUSED) {
            traffic.tick(wire(out));
        }
        out.arm(TICK, settings.retryNanos());
    }

    private void delivered(
            int origin, MessageLoggingMessage message, Outbox<MessageLoggingMessage> out) {
        if (phase == Phase.SCANNING) {
            // Whoever wants something will say it again.
            return;
        }
        switch (message) {
            case Report(long of) -> {
                if (of >= era) {
                    stop(of, out);
                    reportAsked = true;
                    report(out);
                }
            }
            case Restore(long of, long to) -> {
                if (of > era || (of == era && phase == Phase.IDLE)) {
                    stop(of, out);
                    restore(to, out);
                }
            }
            case Go(long of) -> {
                if (of == era && phase == Phase.RESTORED) {
                    goOn(out);
                    traffic.begin(wire(out));
                }
            }
            case Pause(long of, long at, long committed) -> {
                if (of == era) {
                    pause(at, committed, out);
                }
            }
            case Resume(long of, long at) -> {
                if (of == era && at == epoch) {
                    resume(out);
                    sayWhatIsSaved(out);
                }
            }
            case Commit(long of, long at) -> {
                if (of == era) {
                    committed(at, out);
                }
            }
            case Carried(long of, Parcel parcel) -> {
                if (rules.isOfThisEra(of, era) && isAtWork()) {
                    carried(parcel, out);
                }
            }
            case Arrived(long of, long number) -> {
                if (of == era) {
                    traffic.acknowledged(origin, number, wire(out));
                }
            }
            case Started _, Have _, Restored _, Paused _, Saved _ ->
                    throw new IllegalStateException("not for a rank: " + message);
        }
    }

    /** Whether what it holds of its messages is that of this era. */
    private boolean isAtWork() {
        return switch (phase) {
            case RESTORED, RUNNING, PAUSED -> true;
            case SCANNING, IDLE, RESTORING -> false;
        };
    }

    // ---- going back

    private void stop(long of, Outbox<MessageLoggingMessage> out) {
        if (of > era) {
            era = of;
            phase = Phase.IDLE;
            putOff.clear();
            rank.stop(out);
            does(Activity.RESTART, out);
        }
    }

    /** An image that is half written is neither there nor not there. */
    private void report(Outbox<MessageLoggingMessage> out) {
        if (reportAsked && !slots.isBusy()) {
            reportAsked = false;
            out.send(coordinator, new Have(era, slots.epochs()));
        }
    }

    private void restore(long to, Outbox<MessageLoggingMessage> out) {
        if (slots.isBusy()) {
            // The coordinator says it again.
            return;
        }
        phase = Phase.RESTORING;
        epoch = to;
        if (to == 0) {
            out.memory().clear();
            rank.reset();
            rank.initialise(out.memory());
            traffic.clear();
            outputs.clear();
            isBack(out);
        } else {
            slots.read(to, out);
        }
    }

    private void restored(Image image, Outbox<MessageLoggingMessage> out) {
        if (phase != Phase.RESTORING || image.epoch().number() != epoch) {
            return;
        }
        out.spend(costs.checksumNanos(image.size()) + costs.memcpyNanos(image.size()));
        image.restoreInto(out.memory());
        rank.reset();
        var state = new ByteReader(image.state());
        traffic.restore(state);
        outputs.restore(epoch, state);
        out.claim(new Fact.Sealed(rank.index(), new Epoch(epoch), new Epoch(epoch)));
        isBack(out);
        // All ranks have this checkpoint, whether they were told so or not.
        committed(epoch, out);
    }

    private void isBack(Outbox<MessageLoggingMessage> out) {
        phase = Phase.RESTORED;
        out.claim(new Fact.Resumed(rank.index(), new Epoch(epoch)));
        out.send(coordinator, new Restored(era));
    }

    private void goOn(Outbox<MessageLoggingMessage> out) {
        phase = Phase.RUNNING;
        does(Activity.USEFUL, out);
        rank.start(this, out);
    }

    // ---- checkpoints

    private void pause(long at, long committed, Outbox<MessageLoggingMessage> out) {
        if (phase == Phase.RUNNING && at > epoch && !slots.isBusy()) {
            committed(committed, out);
            phase = Phase.PAUSED;
            rank.stop(out);
            does(Activity.CHECKPOINT_PAUSE, out);
            cut(at, committed, out);
        }
        if (at == epoch) {
            out.send(coordinator, new Paused(era, epoch));
        }
    }

    private void cut(long at, long committed, Outbox<MessageLoggingMessage> out) {
        epoch = at;
        out.claim(new Fact.Cut(rank.index(), new Epoch(epoch)));
        outputs.cut(epoch);
        Image image = Image.full(rank.index(), new Epoch(epoch), out.memory().snapshot(), state());
        out.spend(costs.memcpyNanos(image.size()) + costs.checksumNanos(image.size()));
        long lost = slots.write(image, committed, out);
        if (lost != Slots.NONE) {
            out.claim(new Fact.Discarded(rank.index(), new Epoch(lost)));
        }
    }

    private byte[] state() {
        var state = new ByteWriter();
        traffic.save(state);
        outputs.save(state);
        return state.toBytes();
    }

    private void resume(Outbox<MessageLoggingMessage> out) {
        if (phase == Phase.PAUSED) {
            goOn(out);
            List<Runnable> waiting = List.copyOf(putOff);
            putOff.clear();
            waiting.forEach(Runnable::run);
        }
    }

    private void sayWhatIsSaved(Outbox<MessageLoggingMessage> out) {
        report(out);
        if (phase == Phase.RUNNING && !slots.isBusy()) {
            out.send(coordinator, new Saved(era, epoch));
        }
    }

    private void committed(long at, Outbox<MessageLoggingMessage> out) {
        if (outputs.isOpen(at)) {
            out.claim(new Fact.Acknowledged(rank.index(), new Epoch(at)));
            outputs.release(at, out);
        }
    }

    // ---- messages

    private void carried(Parcel parcel, Outbox<MessageLoggingMessage> out) {
        if (phase == Phase.PAUSED && rules.putsOffArrivals()) {
            // Its sender may make its cut after the acknowledgement came: then neither image had
            // it.
            putOff.add(() -> carried(parcel, out));
            return;
        }
        traffic.arrived(parcel, wire(out));
        rank.run(this, out);
    }

    private Traffic.Wire wire(Outbox<MessageLoggingMessage> out) {
        long now = era;
        return new Traffic.Wire() {
            @Override
            public void transmit(Parcel parcel) {
                out.send(new NodeId(parcel.to()), new Carried(now, parcel));
            }

            @Override
            public void acknowledge(int sender, long number) {
                out.send(new NodeId(sender), new Arrived(now, number));
            }
        };
    }

    @Override
    public void send(Parcel parcel, Outbox<MessageLoggingMessage> out) {
        out.spend(costs.messageNanos());
        traffic.send(parcel, wire(out));
    }

    @Override
    public @Nullable Parcel take(int from, Outbox<MessageLoggingMessage> out) {
        return traffic.inbox().take(from);
    }

    @Override
    public void output(long number, long value, Outbox<MessageLoggingMessage> out) {
        outputs.add(number, value);
    }

    @Override
    public String waitsFor() {
        return switch (phase) {
            case SCANNING, RESTORING -> "its disk: " + slots;
            case IDLE -> "being told where to go back to";
            case RESTORED, PAUSED -> "being let go on";
            case RUNNING -> rank.waitsFor();
        };
    }
}
