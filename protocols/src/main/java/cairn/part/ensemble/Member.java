package cairn.part.ensemble;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Host;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.part.Channels.Frame;
import cairn.part.Image;
import cairn.part.ensemble.EnsembleMessage.Arrived;
import cairn.part.ensemble.EnsembleMessage.Carried;
import cairn.part.ensemble.EnsembleMessage.Gather;
import cairn.part.ensemble.EnsembleMessage.Go;
import cairn.part.ensemble.EnsembleMessage.Holding;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.OfRecovery;
import cairn.part.ensemble.EnsembleMessage.OfRound;
import cairn.part.ensemble.EnsembleMessage.OfTransport;
import cairn.part.ensemble.EnsembleMessage.Ready;
import cairn.part.ensemble.EnsembleMessage.Restore;
import cairn.part.ensemble.EnsembleMessage.Started;
import cairn.part.ensemble.EnsembleMessage.Unreadable;

import org.jspecify.annotations.Nullable;

/**
 * The place of one rank: executes it, carries its messages, and goes back to a checkpoint when told
 * to. How checkpoints are cut is a {@link Cutting}'s business, where they are kept a {@link
 * Vault}'s.
 */
public final class Member implements Node<EnsembleMessage>, Host<EnsembleMessage>, Vault.Owner {

    private static final long TICK = 1;
    private static final long CHECKPOINT = 2;

    private final Ensemble ensemble;
    private final NodeId coordinator;
    private final Rank rank;
    private final Mail mail;
    private final Vault vault;
    private final Safekeeping checkpoints;
    private final Cutting cutting;
    private Phase phase = Phase.OPENING;
    private int incarnation;
    private Choice choice = new Choice(Epoch.ZERO, 0);

    /** Where it is on the way to executing its rank. */
    private enum Phase {
        /** It finds out what survived. */
        OPENING,
        /** It asks to be told where to go on from. */
        STARTED,
        /** It stands still, and has said what it holds. */
        GATHERED,
        RESTORING,
        READY,
        RUNNING
    }

    Member(Ensemble ensemble, int index, Vault.Maker vault, Cutting.Maker cutting) {
        this.ensemble = ensemble;
        this.coordinator = ensemble.coordinatorPlace();
        this.rank = new Rank(ensemble.computation(), index);
        this.mail = new Mail(ensemble, rank);
        this.vault = vault.make(this);
        this.checkpoints = new Safekeeping(ensemble, rank, this.vault);
        this.cutting = cutting.make(this);
    }

    @Override
    public void boot(Boot boot, Outbox<EnsembleMessage> out) {
        incarnation = boot.incarnation();
        out.claim(new Fact.Doing(rank.index(), Activity.RESTART));
        vault.open(out);
        out.arm(TICK, ensemble.pace().retryNanos());
    }

    @Override
    public void on(Event<EnsembleMessage> event, Outbox<EnsembleMessage> out) {
        switch (event) {
            case Event.Delivered<EnsembleMessage>(NodeId origin, EnsembleMessage message) -> {
                out.spend(ensemble.costs().messageNanos());
                delivered(origin, message, out);
            }
            case Event.Computed<EnsembleMessage>(long token) -> {
                if (rank.computed(token)) {
                    rank.run(this, out);
                }
            }
            case Event.Fired<EnsembleMessage>(long timer) -> fired(timer, out);
            case Event.OfDisk<EnsembleMessage> disk -> vault.on(disk, out);
            case Event.Asked<EnsembleMessage> _,
                    Event.Answered<EnsembleMessage> _,
                    Event.OfNic<EnsembleMessage> _ ->
                    throw new IllegalStateException("not for a rank: " + event);
        }
    }

    private void fired(long timer, Outbox<EnsembleMessage> out) {
        if (timer == TICK) {
            tick(out);
        } else if (timer != CHECKPOINT) {
            vault.fired(timer, out);
        } else if (isRunning()) {
            cutting.fired(out);
        }
    }

    private void delivered(NodeId origin, EnsembleMessage message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case OfRecovery recovery -> recover(recovery, out);
            case OfTransport transport -> carry(origin.index(), transport, out);
            case OfRound round -> {
                if (hasPartIn(round.era())) {
                    go(out);
                    cutting.on(round, out);
                }
            }
            case OfPiece piece -> vault.on(origin, piece, out);
        }
    }

    private void tick(Outbox<EnsembleMessage> out) {
        switch (phase) {
            // The era may be one that the instance before it was part of: then it needs another.
            case STARTED, GATHERED -> tell(new Started(incarnation), out);
            case READY -> tell(new Ready(era()), out);
            case RUNNING -> {
                mail.sendAgain(out);
                cutting.tick(out);
                checkpoints.report(era(), out);
            }
            // The vault asks again.
            case OPENING, RESTORING -> {}
        }
        vault.tick(out);
        out.arm(TICK, ensemble.pace().retryNanos());
    }

    // ---- going back

    private void recover(OfRecovery message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Gather(long era) -> {
                if (phase != Phase.OPENING && era > era()) {
                    standStill(era, out);
                }
                if (phase == Phase.GATHERED && era == era()) {
                    tell(new Holding(era, incarnation, vault.held()), out);
                }
            }
            case Restore(long era, int instance, Choice where) -> {
                if (era == era() && instance == incarnation && phase == Phase.GATHERED) {
                    restore(where, out);
                }
            }
            case Go(long era) -> {
                if (era == era()) {
                    go(out);
                }
            }
            case Started _, Holding _, Unreadable _, Ready _ ->
                    throw new IllegalStateException("not for a rank: " + message);
        }
    }

    private void standStill(long era, Outbox<EnsembleMessage> out) {
        rank.stop(out);
        rank.reset();
        mail.begin(era);
        checkpoints.giveUp();
        phase = Phase.GATHERED;
        out.disarm(CHECKPOINT);
        out.claim(new Fact.Doing(rank.index(), Activity.RESTART));
    }

    private void restore(Choice where, Outbox<EnsembleMessage> out) {
        phase = Phase.RESTORING;
        choice = where;
        vault.fetch(where, out);
    }

    @Override
    public void fetched(@Nullable Image image, Outbox<EnsembleMessage> out) {
        Epoch epoch = image == null ? Epoch.ZERO : image.epoch();
        if (phase != Phase.RESTORING || !epoch.equals(choice.epoch())) {
            return;
        }
        out.memory().clear();
        if (image == null) {
            rank.initialise(out.memory());
            cutting.restored(SavedState.NONE, out);
        } else {
            restore(image, out);
        }
        rank.reset();
        out.claim(new Fact.Resumed(rank.index(), epoch));
        phase = Phase.READY;
        tell(new Ready(era()), out);
    }

    private void restore(Image image, Outbox<EnsembleMessage> out) {
        out.spend(
                ensemble.costs().checksumNanos(image.size())
                        + ensemble.costs().memcpyNanos(image.size()));
        image.restoreInto(out.memory());
        SavedState state = SavedState.read(image.state());
        cutting.restored(state, out);
        checkpoints.restore(state.outputs());
    }

    @Override
    public void fetchedCopies(Image copies, Outbox<EnsembleMessage> out) {
        if (phase == Phase.RESTORING) {
            out.spend(ensemble.costs().checksumNanos(copies.size()));
            cutting.restoredCopies(copies.epoch(), SavedState.read(copies.state()).parcels());
        }
    }

    @Override
    public void unreadable(Outbox<EnsembleMessage> out) {
        if (phase == Phase.RESTORING) {
            phase = Phase.GATHERED;
            tell(new Unreadable(era()), out);
        }
    }

    /** Until it is told where to go on from, the era may be that of the instance before it. */
    private boolean hasPartIn(long of) {
        return of == era()
                && switch (phase) {
                    case OPENING, STARTED, GATHERED -> false;
                    case RESTORING, READY, RUNNING -> true;
                };
    }

    /** Whoever sends in this era was told to go, so all are ready. */
    private void go(Outbox<EnsembleMessage> out) {
        if (phase != Phase.READY) {
            return;
        }
        phase = Phase.RUNNING;
        checkpoints.begin(choice.epoch(), out);
        cutting.begin(choice, out);
        resume(out);
    }

    // ---- the traffic of the rank

    private void carry(int peer, OfTransport message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Carried(Frame<Payload> frame) -> {
                Frame<Payload> taken = ensemble.rules().taken(frame, era());
                if (!hasPartIn(taken.era())) {
                    return;
                }
                go(out);
                if (isPaused() && cutting.putsOffArrivals()) {
                    mail.putOff(peer, taken);
                } else {
                    arrived(peer, taken, out);
                }
            }
            case Arrived said -> {
                mail.acknowledged(peer, said, out);
                cutting.acknowledged(out);
            }
        }
    }

    private void arrived(int peer, Frame<Payload> frame, Outbox<EnsembleMessage> out) {
        if (mail.hasArrived(peer, frame) && !ensemble.rules().acknowledgesDuplicates()) {
            return;
        }
        for (Payload payload : mail.receive(peer, frame, out)) {
            cutting.arrived(peer, payload, out);
        }
        rank.run(this, out);
    }

    @Override
    public void send(Parcel parcel, Outbox<EnsembleMessage> out) {
        out.spend(ensemble.costs().messageNanos());
        cutting.sent(parcel);
        mail.post(parcel.to(), new Payload.Goods(cutting.colour(), parcel), out);
    }

    @Override
    public @Nullable Parcel take(int from, Outbox<EnsembleMessage> out) {
        return mail.take(from);
    }

    @Override
    public void output(long number, long value, Outbox<EnsembleMessage> out) {
        checkpoints.output(number, value, out);
    }

    // ---- what its cutting asks for

    /** The messages of its rank. */
    public Mail mail() {
        return mail;
    }

    /** Its checkpoints. */
    public Safekeeping checkpoints() {
        return checkpoints;
    }

    /** Says something to the coordinator. */
    public void tell(EnsembleMessage message, Outbox<EnsembleMessage> out) {
        out.send(coordinator, message);
    }

    /** Stops the rank for a checkpoint. */
    public void pause(Outbox<EnsembleMessage> out) {
        rank.stop(out);
        out.claim(new Fact.Doing(rank.index(), Activity.CHECKPOINT_PAUSE));
    }

    /** Lets the rank go on. */
    public void resume(Outbox<EnsembleMessage> out) {
        out.claim(new Fact.Doing(rank.index(), Activity.USEFUL));
        rank.start(this, out);
        mail.takePutOff().forEach(each -> arrived(each.peer(), each.frame(), out));
    }

    @Override
    public void opened(Outbox<EnsembleMessage> out) {
        phase = Phase.STARTED;
        checkpoints.opened(out);
        tell(new Started(incarnation), out);
    }

    @Override
    public void kept(Held held, Outbox<EnsembleMessage> out) {
        checkpoints.seal(held.piece().epoch(), out);
        // One that was cut in an earlier era belongs to what was given up.
        if (isRunning() && Numbers.eraOf(held.piece().epoch()) == era()) {
            checkpoints.kept(held, era(), out);
        }
    }

    /** Asks for {@link Cutting#fired} after a while. */
    public void arm(long nanos, Outbox<EnsembleMessage> out) {
        out.arm(CHECKPOINT, nanos);
    }

    Ensemble ensemble() {
        return ensemble;
    }

    Rank rank() {
        return rank;
    }

    @Override
    public long era() {
        return mail.era();
    }

    boolean isPaused() {
        return isRunning() && rank.isStopped();
    }

    private boolean isRunning() {
        return phase == Phase.RUNNING;
    }

    @Override
    public String waitsFor() {
        return isRunning() ? rank.waitsFor() : phase + " in era " + era();
    }
}
