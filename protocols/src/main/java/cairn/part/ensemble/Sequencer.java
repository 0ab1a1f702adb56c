package cairn.part.ensemble;

import cairn.model.computation.Parcel;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the messages of each sender back in order where the network overtakes. */
final class Sequencer {

    private final SortedMap<Integer, Way> ways = new TreeMap<>();

    /** What came from one sender. */
    private static final class Way {
        private long next;
        private final SortedMap<Long, Parcel> early = new TreeMap<>();

        Way(long next) {
            this.next = next;
        }
    }

    void clear() {
        ways.clear();
    }

    /**
     * Takes a message; returns those that are now next in order.
     *
     * @param received the number of the last one that the rank has received from its sender
     */
    List<Parcel> arrived(Parcel parcel, long received) {
        Way way = ways.computeIfAbsent(parcel.from(), _ -> new Way(received + 1));
        way.early.put(parcel.number(), parcel);
        List<Parcel> ready = new ArrayList<>();
        Parcel next = way.early.remove(way.next);
        while (next != null) {
            ready.add(next);
            next = way.early.remove(++way.next);
        }
        return ready;
    }

    /** The number up to and with which all messages of a sender have arrived. */
    long contiguous(int from, long received) {
        Way way = ways.get(from);
        return way == null ? received : way.next - 1;
    }

    /** What has arrived and is not next. */
    List<Parcel> early() {
        List<Parcel> early = new ArrayList<>();
        ways.values().forEach(way -> early.addAll(way.early.values()));
        return early;
    }
}
