package cairn.part;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Reliable channels between this place and its peers, over a network that loses, doubles and
 * overtakes: first in, first out, or each payload as it arrives.
 *
 * <p>A payload is kept until it is acknowledged (DJ-9), and a duplicate is acknowledged again
 * (DJ-11). They belong to an era. Going back to a checkpoint begins a new one: what was under way
 * is forgotten on both sides, and a frame of another era is not taken. A sender that is ahead of
 * its receiver repeats its frames until that has followed.
 *
 * @param <P> what is carried
 */
public final class Channels<P> {

    private final int count;
    private final Manner manner;
    // Of those that it has to do with: in a large ensemble these are few.
    private final SortedMap<Integer, Peer<P>> peers = new TreeMap<>();
    private long era;

    /**
     * How payloads travel.
     *
     * @param ordered whether they come out in the order in which they were sent
     * @param each whether each frame is acknowledged by itself; else one acknowledgement is for all
     *     that have arrived without a gap
     * @param window how many frames to one peer may be under way unacknowledged, one or more;
     *     others wait
     */
    public record Manner(boolean ordered, boolean each, int window) {

        /** First in, first out. */
        public static final Manner ORDERED = new Manner(true, false, Integer.MAX_VALUE);

        /** As they arrive. */
        public static final Manner UNORDERED = new Manner(false, false, Integer.MAX_VALUE);
    }

    /** What is sent: a payload and its place in the channel, counted from one. */
    public record Frame<P>(long era, long number, P payload) {

        /** What a frame adds to its payload on the wire, in bytes. */
        public static final int HEADER_BYTES = 16;
    }

    /** How frames and acknowledgements leave. */
    public interface Wire<P> {

        /** Sends a frame, for the first time or again. */
        void transmit(int peer, Frame<P> frame);

        /** Tells a peer that a frame has arrived, or all up to and with it. */
        void acknowledge(int peer, long era, long number);

        /** Both as messages to the place of the peer. */
        static <P, M extends Message> Wire<P> to(
                IntFunction<NodeId> place,
                Function<Frame<P>, M> carried,
                Acknowledging<M> arrived,
                Outbox<M> out) {
            return new Wire<>() {
                @Override
                public void transmit(int peer, Frame<P> frame) {
                    out.send(place.apply(peer), carried.apply(frame));
                }

                @Override
                public void acknowledge(int peer, long era, long number) {
                    out.send(place.apply(peer), arrived.of(era, number));
                }
            };
        }
    }

    /** The message that acknowledges. */
    public interface Acknowledging<M> {
        M of(long era, long number);
    }

    /** Both directions between this place and one peer. */
    private static final class Peer<P> {
        private final Deque<Frame<P>> unacknowledged = new ArrayDeque<>();
        private final SortedMap<Long, Frame<P>> early = new TreeMap<>();
        private final RetransmissionTimer timer = new RetransmissionTimer();
        private long sent;
        // Less than all that was sent where a window makes some wait.
        private long transmitted;
        private long transmittedBeforeLastTick;
        private long arrived;

        /** The number of the oldest frame that is not acknowledged. */
        long oldest() {
            Frame<P> oldest = unacknowledged.peekFirst();
            return oldest == null ? Long.MAX_VALUE : oldest.number();
        }
    }

    /** First-in, first-out channels to so many peers, in era zero. */
    public Channels(int count) {
        this(count, Manner.ORDERED);
    }

    /** Channels to so many peers, in era zero. */
    public Channels(int count, Manner manner) {
        this.count = count;
        this.manner = manner;
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
        if (to.unacknowledged.size() <= manner.window && to.transmitted == frame.number() - 1) {
            to.transmitted++;
            to.timer.sent(frame.number());
            wire.transmit(peer, frame);
        }
    }

    /** Sends what the window allows and was not sent yet. */
    private void fill(int index, Peer<P> peer, Wire<P> wire) {
        int places = manner.window;
        if (peer.transmitted == peer.sent) {
            return;
        }
        for (Frame<P> frame : peer.unacknowledged) {
            if (places-- == 0) {
                return;
            }
            if (frame.number() > peer.transmitted) {
                peer.transmitted = frame.number();
                peer.timer.sent(frame.number());
                wire.transmit(index, frame);
            }
        }
    }

    /** Whether a frame, or another copy of it, has arrived before (DJ-11). */
    public boolean hasArrived(int peer, Frame<P> frame) {
        Peer<P> from = peer(peer);
        return frame.number() <= from.arrived || from.early.containsKey(frame.number());
    }

    /**
     * Takes a frame that arrived, and acknowledges it or all that has arrived without a gap.
     * Returns the payloads that are now next in order: none if one before them is missing. Without
     * an order it is the payload, if it is new.
     */
    public List<P> receive(int peer, Frame<P> frame, Wire<P> wire) {
        if (frame.era() != era) {
            return List.of();
        }
        Peer<P> from = peer(peer);
        List<P> ready = new ArrayList<>();
        if (frame.number() > from.arrived
                && from.early.putIfAbsent(frame.number(), frame) == null
                && !manner.ordered) {
            ready.add(frame.payload());
        }
        Frame<P> next = from.early.remove(from.arrived + 1);
        while (next != null) {
            from.arrived++;
            if (manner.ordered) {
                ready.add(next.payload());
            }
            next = from.early.remove(from.arrived + 1);
        }
        // A duplicate too: the first acknowledgement may have been lost (DJ-11).
        wire.acknowledge(peer, era, manner.each ? frame.number() : from.arrived);
        return ready;
    }

    /** Takes an acknowledgement; something that waited may be sent in its place. */
    public void acknowledged(int peer, long ofEra, long number, Wire<P> wire) {
        if (ofEra != era) {
            return;
        }
        Peer<P> to = peer(peer);
        int before = to.unacknowledged.size();
        long oldest = to.oldest();
        if (manner.each) {
            to.unacknowledged.removeIf(frame -> frame.number() == number);
        } else {
            while (!to.unacknowledged.isEmpty()
                    && to.unacknowledged.getFirst().number() <= number) {
                to.unacknowledged.removeFirst();
            }
        }
        if (to.unacknowledged.size() < before) {
            to.timer.acknowledged(number);
        }
        if (!manner.each && to.oldest() > oldest && to.timer.suspects(to.oldest())) {
            wire.transmit(peer, to.unacknowledged.getFirst());
        }
        fill(peer, to, wire);
    }

    /**
     * Sends again what was sent before the last tick and is not acknowledged yet, unless an answer
     * of this network takes longer. Where one acknowledgement is for many, only the oldest is known
     * not to have arrived.
     */
    public void tick(Wire<P> wire) {
        for (Map.Entry<Integer, Peer<P>> entry : peers.entrySet()) {
            Peer<P> peer = entry.getValue();
            if (peer.timer.tick(peer.oldest() <= peer.transmittedBeforeLastTick)) {
                peer.unacknowledged.stream()
                        .filter(frame -> frame.number() <= peer.transmittedBeforeLastTick)
                        .limit(manner.each ? Long.MAX_VALUE : 1)
                        .forEach(frame -> wire.transmit(entry.getKey(), frame));
            }
            fill(entry.getKey(), peer, wire);
            peer.transmittedBeforeLastTick = peer.transmitted;
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
     * Goes on, in an era, with channels as they were elsewhere or at a checkpoint; the next tick
     * sends all that may not have arrived (DJ-10).
     */
    public void resume(long inEra, List<State<P>> states) {
        begin(inEra);
        for (State<P> state : states) {
            Peer<P> peer = peer(state.peer());
            state.unacknowledged().stream()
                    .map(frame -> new Frame<>(inEra, frame.number(), frame.payload()))
                    .forEach(peer.unacknowledged::add);
            state.early().forEach(frame -> peer.early.put(frame.number(), frame));
            peer.sent = state.sent();
            // Else the first frame from here would wait with those that a tick sends again.
            peer.transmitted = state.unacknowledged().isEmpty() ? peer.sent : peer.oldest() - 1;
            peer.arrived = state.arrived();
        }
    }

    /** Whether everything that was sent has been acknowledged. */
    public boolean isQuiet() {
        return peers.values().stream().allMatch(peer -> peer.unacknowledged.isEmpty());
    }
}
