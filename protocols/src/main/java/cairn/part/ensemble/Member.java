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
import cairn.model.memory.PagedMemory;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.part.Image;
import cairn.part.Inbox;
import cairn.part.ensemble.EnsembleMessage.Arrived;
import cairn.part.ensemble.EnsembleMessage.Carried;
import cairn.part.ensemble.EnsembleMessage.Gather;
import cairn.part.ensemble.EnsembleMessage.Go;
import cairn.part.ensemble.EnsembleMessage.Holding;
import cairn.part.ensemble.EnsembleMessage.Kept;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.OfRecovery;
import cairn.part.ensemble.EnsembleMessage.OfRound;
import cairn.part.ensemble.EnsembleMessage.OfTransport;
import cairn.part.ensemble.EnsembleMessage.Ready;
import cairn.part.ensemble.EnsembleMessage.Restore;
import cairn.part.ensemble.EnsembleMessage.Started;
import cairn.part.ensemble.EnsembleMessage.Unreadable;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

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
    private final Channels<Payload> channels;
    private final Sequencer sequencer = new Sequencer();
    private final Inbox inbox = new Inbox();
    private final List<PutOff> putOff = new ArrayList<>();
    private final Outputs outputs;
    private final Vault vault;
    private final Cutting cutting;
    private Phase phase = Phase.OPENING;
    private int incarnation;
    private Choice choice = new Choice(Epoch.ZERO, 0);
    private Epoch committed = Epoch.ZERO;
    private @Nullable Held uncommitted;
    private int storing;

    /** A frame that came while the rank stands still at a cut that is not to contain it. */
    private record PutOff(int peer, Frame<Payload> frame) {}

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
        this.channels = new Channels<>(ensemble.ranks(), ensemble.channels());
        this.outputs = new Outputs(index);
        this.vault = vault.make(this);
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
                if (round.era() == era()) {
                    go(out);
                    cutting.on(round, out);
                }
            }
            case OfPiece piece -> vault.on(origin, piece, out);
        }
    }

    private void tick(Outbox<EnsembleMessage> out) {
        switch (phase) {
            case STARTED -> tell(new Started(incarnation), out);
            case READY -> tell(new Ready(era()), out);
            case RUNNING -> {
                channels.tick(wire(out));
                cutting.tick(out);
                if (uncommitted != null) {
                    tell(new Kept(era(), uncommitted), out);
                }
            }
            // The coordinator, or the vault, asks again.
            case OPENING, GATHERED, RESTORING -> {}
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
            case Restore(long era, Choice where) -> {
                if (era == era() && phase == Phase.GATHERED) {
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
        channels.begin(era);
        sequencer.clear();
        inbox.clear();
        putOff.clear();
        outputs.restore(List.of());
        uncommitted = null;
        storing = 0;
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
        outputs.restore(state.outputs());
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

    /** Whoever sends in this era was told to go, so all are ready. */
    private void go(Outbox<EnsembleMessage> out) {
        if (phase != Phase.READY) {
            return;
        }
        phase = Phase.RUNNING;
        committed = choice.epoch();
        if (choice.epoch().isAfter(Epoch.ZERO)) {
            out.claim(new Fact.Acknowledged(rank.index(), choice.epoch()));
            vault.commit(choice.epoch(), out);
        }
        outputs.releaseAll(out);
        cutting.begin(choice, out);
        resume(out);
    }

    // ---- the traffic of the rank

    private void carry(int peer, OfTransport message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Carried(Frame<Payload> frame) -> {
                Frame<Payload> taken = ensemble.rules().taken(frame, era());
                if (taken.era() != era()) {
                    return;
                }
                go(out);
                if (isPaused() && cutting.putsOffArrivals()) {
                    putOff.add(new PutOff(peer, taken));
                } else {
                    arrived(peer, taken, out);
                }
            }
            case Arrived(long era, long upTo) -> {
                channels.acknowledged(peer, era, upTo, wire(out));
                cutting.acknowledged(out);
            }
        }
    }

    private void arrived(int peer, Frame<Payload> frame, Outbox<EnsembleMessage> out) {
        if (channels.hasArrived(peer, frame) && !ensemble.rules().acknowledgesDuplicates()) {
            return;
        }
        for (Payload payload : channels.receive(peer, frame, wire(out))) {
            cutting.arrived(peer, payload, out);
        }
        rank.run(this, out);
    }

    private static Channels.Wire<Payload> wire(Outbox<EnsembleMessage> out) {
        return Channels.Wire.to(NodeId::new, Carried::new, Arrived::new, out);
    }

    @Override
    public void send(Parcel parcel, Outbox<EnsembleMessage> out) {
        out.spend(ensemble.costs().messageNanos());
        cutting.sent(parcel);
        post(parcel.to(), new Payload.Goods(cutting.colour(), parcel), out);
    }

    @Override
    public @Nullable Parcel take(int from, Outbox<EnsembleMessage> out) {
        return inbox.take(from);
    }

    @Override
    public void output(long number, long value, Outbox<EnsembleMessage> out) {
        if (ensemble.holdsOutputs() && ensemble.rules().holdsOutputs()) {
            outputs.add(number, value);
        } else {
            out.claim(new Fact.Emitted(rank.index(), number, value));
        }
    }

    // ---- what its cutting asks for

    /** Sends through the channel to a peer. */
    public void post(int peer, Payload payload, Outbox<EnsembleMessage> out) {
        channels.send(peer, payload, wire(out));
    }

    /** The channels of this rank as they are. */
    List<Channels.State<Payload>> channels() {
        return channels.state();
    }

    /** Goes on, in this era, with the channels of a checkpoint. */
    void resumeChannels(List<Channels.State<Payload>> states) {
        channels.resume(era(), states);
    }

    /** Sends what may not have arrived before the cut (DJ-10). */
    void sendAgain(Outbox<EnsembleMessage> out) {
        channels.tick(wire(out));
    }

    /** Hands a message that has arrived to the rank. */
    public void accept(Parcel parcel, Outbox<EnsembleMessage> out) {
        inbox.add(
                ensemble.ordered()
                        ? List.of(parcel)
                        : sequencer.arrived(parcel, rank.received(parcel.from(), out.memory())));
    }

    /** The messages that have arrived and that the rank has not received. */
    public List<Parcel> waiting() {
        List<Parcel> waiting = new ArrayList<>(inbox.content());
        waiting.addAll(sequencer.early());
        return waiting;
    }

    /** The number up to and with which all messages of a peer have arrived. */
    public long arrived(int peer, Outbox<EnsembleMessage> out) {
        return sequencer.contiguous(peer, rank.received(peer, out.memory()));
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
        List<PutOff> waiting = List.copyOf(putOff);
        putOff.clear();
        waiting.forEach(each -> arrived(each.peer, each.frame, out));
    }

    /** Makes the memory at this instant a checkpoint's, while the rank stands still. */
    public PagedMemory.Snapshot cut(Epoch epoch, Outbox<EnsembleMessage> out) {
        out.claim(new Fact.Cut(rank.index(), epoch));
        storing++;
        outputs.cut(epoch, rank.outputs(out.memory()));
        PagedMemory.Snapshot memory = out.memory().snapshot();
        long used =
                IntStream.range(0, memory.pageCount()).filter(page -> !memory.isZero(page)).count();
        out.spend(ensemble.costs().memcpyNanos(used * PagedMemory.PAGE_BYTES));
        return memory;
    }

    /** The outputs that wait at this instant. */
    List<Outputs.Output> pendingOutputs() {
        return outputs.pending();
    }

    /** Makes copies of messages safe, before the checkpoint that counts on them. */
    void keepCopies(
            Epoch epoch,
            PagedMemory.Snapshot memory,
            List<Parcel> copies,
            Outbox<EnsembleMessage> out) {
        byte[] state = new SavedState(copies, List.of(), List.of()).bytes();
        Image image = Image.delta(rank.index(), epoch, Epoch.ZERO, memory, new BitSet(), state);
        out.spend(ensemble.costs().checksumNanos(image.size()));
        vault.keepCopies(image, out);
    }

    /** Copies that came with a checkpoint are needed no longer. */
    void dropCopies(Epoch of, Outbox<EnsembleMessage> out) {
        vault.dropCopies(of, out);
    }

    /** Makes a checkpoint safe, whose channels contain certain messages. */
    void keep(
            Epoch epoch,
            PagedMemory.Snapshot memory,
            SavedState state,
            Outbox<EnsembleMessage> out) {
        Image image = Image.full(rank.index(), epoch, memory, state.bytes());
        out.spend(ensemble.costs().checksumNanos(image.size()));
        vault.keep(image, state.traffic(), out);
    }

    /** What the rank has sent to and received from each peer it knows. */
    List<Traffic> traffic(Outbox<EnsembleMessage> out) {
        List<Traffic> traffic = new ArrayList<>();
        for (int peer = 0; peer < ensemble.ranks(); peer++) {
            long sent = rank.sent(peer, out.memory());
            long received = rank.received(peer, out.memory());
            if (sent + received > 0) {
                traffic.add(new Traffic(peer, sent, received));
            }
        }
        return traffic;
    }

    @Override
    public void opened(Outbox<EnsembleMessage> out) {
        phase = Phase.STARTED;
        for (Held held : vault.held()) {
            // Its writer may have died before it could say so.
            if (held.piece().isImage() && held.piece().owner() == rank.index()) {
                seal(held.piece().epoch(), out);
            }
        }
        tell(new Started(incarnation), out);
    }

    private void seal(Epoch epoch, Outbox<EnsembleMessage> out) {
        out.claim(new Fact.Sealed(rank.index(), epoch, epoch));
    }

    @Override
    public void kept(Held held, Outbox<EnsembleMessage> out) {
        seal(held.piece().epoch(), out);
        // One that was cut in an earlier era belongs to what was given up.
        if (isRunning() && Numbers.eraOf(held.piece().epoch()) == era()) {
            storing--;
            uncommitted = held;
            tell(new Kept(era(), held), out);
        }
    }

    /** Nobody goes back beyond a checkpoint. */
    public void commit(Epoch epoch, Outbox<EnsembleMessage> out) {
        if (!epoch.isAfter(committed)) {
            return;
        }
        committed = epoch;
        if (uncommitted != null && !uncommitted.piece().epoch().isAfter(epoch)) {
            uncommitted = null;
        }
        out.claim(new Fact.Acknowledged(rank.index(), epoch));
        outputs.commit(epoch, out);
        vault.commit(epoch, out);
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

    /** The era that it is in. */
    public long era() {
        return channels.era();
    }

    boolean isQuiet() {
        return channels.isQuiet();
    }

    boolean isPaused() {
        return isRunning() && rank.isStopped();
    }

    /** Whether a checkpoint that was cut is not yet safe. */
    boolean isStoring() {
        return storing > 0;
    }

    private boolean isRunning() {
        return phase == Phase.RUNNING;
    }

    @Override
    public String waitsFor() {
        return isRunning() ? rank.waitsFor() : phase + " in era " + era();
    }
}
