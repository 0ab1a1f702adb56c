package cairn.part;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reliable channels between this place and its peers, over a network that loses, doubles and
 * overtakes: first in, first out, or each payload as it arrives.
 *
 * <p>They belong to an era. Going back to a checkpoint begins a new one: what was under way is
 * forgotten on both sides, and a frame of another era is not taken. A sender that is ahead of its
 * receiver repeats its frames until that has followed.
 *
 * @param <P> what is carried
 */
public final class Channels<P> {

    private final int count;
    private final boolean ordered;
    // Of those that it has to do with: in a large ensemble these are few.
    private final SortedMap<Integer, Peer<P>> peers = new TreeMap<>();
    private long era;

    /** What is sent: a payload and its place in the channel, counted from one. */
    public record Frame<P>(long era, long number, P payload) {

        /** What a frame adds to its payload on the wire, in bytes. */
        public static final int HEADER_BYTES = 16;
    }

    /** How frames and acknowledgements leave. */
    public interface Wire<P> {

        /** Sends a frame, for the first time or again. */
        void transmit(int peer, Frame<P> frame);

        /** Tells a peer that all its frames up to and with a number have arrived. */
        void acknowledge(int peer, long era, long upTo);
    }

    /** Both directions between this place and one peer. */
    private static final class Peer<P> {
        private final Deque<Frame<P>> unacknowledged = new ArrayDeque<>();
        private final SortedMap<Long, Frame<P>> early = new TreeMap<>();
        private long sent;
        private long sentBeforeLastTick;
        private long arrived;
    }

    /** First-in, first-out channels to so many peers, in era zero. */
    public Channels(int count) {
        this(count, true);
    }

    /**
     * Channels to so many peers, in era zero.
     *
     * @param ordered whether payloads come out in the order in which they were sent
     */
    public Channels(int count, boolean ordered) {
        this.count = count;
        this.ordered = ordered;
    }

    private Peer<P> peer(int index) {
        return peers.computeIfAbsent(Objects.checkIndex(index, count), _ -> new Peer<>());
    }

    public long era() {
        return era;
    }

    /** Begins an era with empty channels. */
    public void begin(long newEra) {
        era = newEra;
        peers.clear();
    }

    /** Sends a payload, and keeps it until it is acknowledged. */
    public void send(int peer, P payload, Wire<P> wire) {
        Peer<P> to = peer(peer);
        var frame = new Frame<>(era, ++to.sent, payload);
        to.unacknowledged.add(frame);
        wire.transmit(peer, frame);
    }

    /**
     * Takes a frame that arrived, and acknowledges what has arrived without a gap. Returns the
     * payloads that are now next in order: none if one before them is missing. Without an order it
     * is the payload, if it is new.
     */
    public List<P> receive(int peer, Frame<P> frame, Wire<P> wire) {
        if (frame.era() != era) {
            return List.of();
        }
        Peer<P> from = peer(peer);
        List<P> ready = new ArrayList<>();
        if (frame.number() > from.arrived
                && from.early.putIfAbsent(frame.number(), frame) == null
                && !ordered) {
            ready.add(frame.payload());
        }
        Frame<P> next = from.early.remove(from.arrived + 1);
        while (next != null) {
            from.arrived++;
            if (ordered) {
                ready.add(next.payload());
            }
            next = from.early.remove(from.arrived + 1);
        }
        // A duplicate too: the first acknowledgement may have been lost (DJ-11).
        wire.acknowledge(peer, era, from.arrived);
        return ready;
    }

    /** Takes an acknowledgement. */
    public void acknowledged(int peer, long ofEra, long upTo) {
        if (ofEra != era) {
            return;
        }
        Deque<Frame<P>> waiting = peer(peer).unacknowledged;
        while (!waiting.isEmpty() && waiting.getFirst().number() <= upTo) {
            waiting.removeFirst();
        }
    }

    /** Sends again what was sent before the last tick and is not acknowledged yet. */
    public void tick(Wire<P> wire) {
        for (Map.Entry<Integer, Peer<P>> entry : peers.entrySet()) {
            Peer<P> peer = entry.getValue();
            for (Frame<P> frame : peer.unacknowledged) {
                if (frame.number() <= peer.sentBeforeLastTick) {
                    wire.transmit(entry.getKey(), frame);
                }
            }
            peer.sentBeforeLastTick = peer.sent;
        }
    }

    /**
     * What was sent to a peer and is not acknowledged, in order: it may not have arrived, so a
     * checkpoint contains it (DJ-10).
     */
    public List<P> unacknowledged(int peer) {
        return peer(peer).unacknowledged.stream().map(Frame::payload).toList();
    }

    /**
     * Both directions to one peer, as they are at an instant; immutable.
     *
     * @param unacknowledged frames that may not have arrived
     * @param early frames that arrived before one that is missing
     * @param sent how many frames were sent
     * @param arrived up to which frame all have arrived
     */
    public record State<P>(
            int peer,
            List<Frame<P>> unacknowledged,
            List<Frame<P>> early,
            long sent,
            long arrived) {
        public State {
            unacknowledged = List.copyOf(unacknowledged);
            early = List.copyOf(early);
        }
    }

    /** All channels as they are, so that they can go on elsewhere. */
    public List<State<P>> state() {
        return peers.entrySet().stream()
                .map(entry -> {
                    Peer<P> peer = entry.getValue();
                    return new State<>(
                            entry.getKey(),
                            List.copyOf(peer.unacknowledged),
                            List.copyOf(peer.early.values()),
                            peer.sent,
                            peer.arrived);
                })
                .toList();
    }

    /**
     * Goes on, in an era, with channels as they were elsewhere; the next tick sends again all that
     * may not have arrived.
     */
    public void resume(long sameEra, List<State<P>> states) {
        begin(sameEra);
        for (State<P> state : states) {
            Peer<P> peer = peer(state.peer());
            peer.unacknowledged.addAll(state.unacknowledged());
            state.early().forEach(frame -> peer.early.put(frame.number(), frame));
            peer.sent = state.sent();
            peer.sentBeforeLastTick = state.sent();
            peer.arrived = state.arrived();
        }
    }

    /** Whether everything that was sent has been acknowledged. */
    public boolean isQuiet() {
        return peers.values().stream().allMatch(peer -> peer.unacknowledged.isEmpty());
    }
}
