package cairn.protocol.messagelogging;

import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
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

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Has all ranks make their cuts at a barrier, and after a failure go back to the newest checkpoint
 * that all of them have. It stores nothing: what there is, the ranks know.
 */
final class Coordinator implements Node<MessageLoggingMessage> {

    private static final long TICK = 1;
    private static final long CHECKPOINT = 2;

    /**
     * More eras than one incarnation of a coordinator begins, and more checkpoints than one era.
     */
    private static final int ERA_BITS = 16;

    private static final int EPOCH_BITS = 20;

    private final MessageLoggingSettings settings;
    private final Rules rules;
    private final int ranks;
    private final BitSet answered = new BitSet();
    private final List<List<Long>> had = new ArrayList<>();
    private final int[] incarnations;
    private List<Long> line = List.of();
    private Phase phase = Phase.GATHERING;
    private long era;
    private long epoch;
    private long committed;

    /** What all ranks are to answer. */
    private enum Phase {
        /** Which checkpoints they have. */
        GATHERING,
        /** That they are back at the line. */
        RESTORING,
        /** Nothing: they run. */
        RUNNING,
        /** That they stand still at their cut. */
        PAUSING,
        /** That their image is durable. */
        SAVING
    }

    Coordinator(MessageLoggingSettings settings, int ranks, Rules rules) {
        this.settings = settings;
        this.ranks = ranks;
        this.rules = rules;
        this.incarnations = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            had.add(List.of());
        }
    }

    @Override
    public void boot(Boot boot, Outbox<MessageLoggingMessage> out) {
        // That eras grow over restarts follows from the count of incarnations.
        era = (boot.incarnation() + 1L) << ERA_BITS;
        beginEra(out);
    }

    private void beginEra(Outbox<MessageLoggingMessage> out) {
        era++;
        // A number is never used for two cuts, not even of two eras.
        epoch = era << EPOCH_BITS;
        out.disarm(CHECKPOINT);
        turn(Phase.GATHERING, out);
    }

    private void turn(Phase next, Outbox<MessageLoggingMessage> out) {
        phase = next;
        answered.clear();
        remind(out);
    }

    @Override
    public void on(Event<MessageLoggingMessage> event, Outbox<MessageLoggingMessage> out) {
        switch (event) {
            case Event.Delivered<MessageLoggingMessage>(NodeId rank, var message) ->
                    delivered(rank.index(), message, out);
            case Event.Fired<MessageLoggingMessage>(long timer) -> {
                if (timer == CHECKPOINT) {
                    epoch++;
                    turn(Phase.PAUSING, out);
                } else {
                    remind(out);
                }
            }
            case Event.Asked<MessageLoggingMessage> _,
                    Event.Answered<MessageLoggingMessage> _,
                    Event.Computed<MessageLoggingMessage> _,
                    Event.OfNic<MessageLoggingMessage> _,
                    Event.OfDisk<MessageLoggingMessage> _ ->
                    throw new IllegalStateException("not for a coordinator: " + event);
        }
    }

    private void delivered(
            int rank, MessageLoggingMessage message, Outbox<MessageLoggingMessage> out) {
        switch (message) {
            case Started(int incarnation) -> started(rank, incarnation + 1, out);
            case Have(long of, List<Long> epochs) -> {
                if (of == era && phase == Phase.GATHERING) {
                    had.set(rank, epochs);
                    answered(rank, out);
                }
            }
            case Restored(long of) -> {
                if (of == era && phase == Phase.RESTORING) {
                    answered(rank, out);
                } else if (of == era) {
                    // It was told to go, and has not heard it.
                    out.send(new NodeId(rank), new Go(era));
                }
            }
            case Paused(long of, long at) -> {
                if (of == era && at == epoch && phase == Phase.PAUSING) {
                    answered(rank, out);
                }
            }
            case Saved(long of, long at) -> {
                if (of == era && at == epoch && phase == Phase.SAVING) {
                    answered(rank, out);
                }
            }
            case Report _,
                    Restore _,
                    Go _,
                    Pause _,
                    Resume _,
                    Commit _,
                    MessageLoggingMessage.Carried _,
                    MessageLoggingMessage.Arrived _ ->
                    throw new IllegalStateException("not for a coordinator: " + message);
        }
    }

    /** A rank lost what it held; a late message about an earlier life says nothing. */
    private void started(int rank, int life, Outbox<MessageLoggingMessage> out) {
        if (life <= incarnations[rank]) {
            return;
        }
        incarnations[rank] = life;
        switch (phase) {
            // It reports, or goes back to the line from its disk, like all others.
            case GATHERING, RESTORING -> answered.clear(rank);
            case RUNNING, PAUSING, SAVING -> beginEra(out);
        }
    }

    private void answered(int rank, Outbox<MessageLoggingMessage> out) {
        answered.set(rank);
        if (answered.cardinality() < ranks) {
            return;
        }
        switch (phase) {
            case GATHERING -> {
                line = rules.line(had);
                committed = line.getFirst();
                out.claim(new Fact.Line(line.stream().map(Epoch::new).toList()));
                turn(Phase.RESTORING, out);
            }
            case RESTORING -> {
                turn(Phase.RUNNING, out);
                tell(new Go(era), out);
                out.arm(CHECKPOINT, settings.checkpointEveryNanos());
            }
            case PAUSING -> turn(Phase.SAVING, out);
            case SAVING -> {
                committed = epoch;
                turn(Phase.RUNNING, out);
                tell(new Commit(era, committed), out);
                out.arm(CHECKPOINT, settings.checkpointEveryNanos());
            }
            case RUNNING -> throw new IllegalStateException("nothing was asked");
        }
    }

    /** Asks those that have not answered; asked twice, it does no harm. */
    private void remind(Outbox<MessageLoggingMessage> out) {
        switch (phase) {
            case GATHERING -> tell(new Report(era), out);
            case RESTORING -> {
                for (int rank = 0; rank < ranks; rank++) {
                    if (!answered.get(rank)) {
                        out.send(new NodeId(rank), new Restore(era, line.get(rank)));
                    }
                }
            }
            case RUNNING -> {
                out.disarm(TICK);
                return;
            }
            case PAUSING -> tell(new Pause(era, epoch, committed), out);
            case SAVING -> tell(new Resume(era, epoch), out);
        }
        out.arm(TICK, settings.retryNanos());
    }

    private void tell(MessageLoggingMessage what, Outbox<MessageLoggingMessage> out) {
        for (int rank = 0; rank < ranks; rank++) {
            if (!answered.get(rank)) {
                out.send(new NodeId(rank), what);
            }
        }
    }

    @Override
    public String waitsFor() {
        return phase == Phase.RUNNING
                ? "nothing"
                : "rank " + answered.nextClearBit(0) + ", " + phase + " in era " + era;
    }
}
