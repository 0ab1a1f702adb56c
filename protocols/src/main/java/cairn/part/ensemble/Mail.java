package cairn.part.ensemble;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.part.Inbox;
import cairn.part.ensemble.EnsembleMessage.Arrived;
import cairn.part.ensemble.EnsembleMessage.Carried;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a member's rank: its channels to the others, what has arrived and was not
 * received, and what came while the rank stands still at a cut that is not to contain it.
 */
public final class Mail {

    private final boolean ordered;
    private final Rank rank;
    private final Channels<Payload> channels;
    private final Sequencer sequencer = new Sequencer();
    private final Inbox inbox = new Inbox();
    private final List<PutOff> putOff = new ArrayList<>();

    /** A frame that came too early. */
    record PutOff(int peer, Frame<Payload> frame) {}

    Mail(Ensemble ensemble, Rank rank) {
        this.ordered = ensemble.ordered();
        this.rank = rank;
        this.channels = new Channels<>(ensemble.ranks(), ensemble.channels());
    }

    /** A new era: nothing is under way, and nothing has arrived. */
    void begin(long era) {
        channels.begin(era);
        sequencer.clear();
        inbox.clear();
        putOff.clear();
    }

    long era() {
        return channels.era();
    }

    private static Channels.Wire<Payload> wire(Outbox<EnsembleMessage> out) {
        return Channels.Wire.to(NodeId::new, Carried::new, Arrived::new, out);
    }

    // ---- what leaves

    /** Sends through the channel to a peer. */
    public void post(int peer, Payload payload, Outbox<EnsembleMessage> out) {
        channels.send(peer, payload, wire(out));
    }

    void acknowledged(int peer, Arrived said, Outbox<EnsembleMessage> out) {
        channels.acknowledged(peer, said.era(), said.upTo(), wire(out));
    }

    /** Sends what may not have arrived: now and then, and after going back (DJ-10). */
    void sendAgain(Outbox<EnsembleMessage> out) {
        channels.tick(wire(out));
    }

    boolean isQuiet() {
        return channels.isQuiet();
    }

    // ---- what comes

    /** Whether a frame, or another copy of it, has arrived before. */
    boolean hasArrived(int peer, Frame<Payload> frame) {
        return channels.hasArrived(peer, frame);
    }

    /** Takes a frame, and returns what has its turn now. */
    List<Payload> receive(int peer, Frame<Payload> frame, Outbox<EnsembleMessage> out) {
        return channels.receive(peer, frame, wire(out));
    }

    void putOff(int peer, Frame<Payload> frame) {
        putOff.add(new PutOff(peer, frame));
    }

    /** What came too early, which has its turn now. */
    List<PutOff> takePutOff() {
        List<PutOff> waiting = List.copyOf(putOff);
        putOff.clear();
        return waiting;
    }

    /** Hands a message that has arrived to the rank. */
    public void accept(Parcel parcel, Outbox<EnsembleMessage> out) {
        inbox.add(
                ordered
                        ? List.of(parcel)
                        : sequencer.arrived(parcel, rank.received(parcel.from(), out.memory())));
    }

    @Nullable Parcel take(int from) {
        return inbox.take(from);
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

    // ---- checkpoints

    /** The channels of this rank as they are. */
    List<Channels.State<Payload>> channels() {
        return channels.state();
    }

    /** Goes on, in this era, with the channels of a checkpoint. */
    void resume(List<Channels.State<Payload>> states) {
        channels.resume(era(), states);
    }
}
