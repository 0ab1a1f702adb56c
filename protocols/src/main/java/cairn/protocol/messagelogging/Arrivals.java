package cairn.protocol.messagelogging;

import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Puts the messages of one sender in order, and recognises duplicates (DJ-11). */
final class Arrivals {

    private final Rules rules;
    private final NavigableMap<Long, Parcel> early = new TreeMap<>();
    private long expected = 1;
    private boolean restored;

    Arrivals(Rules rules) {
        this.rules = rules;
    }

    /** Whether a message, or another copy of it, has arrived before. */
    boolean isDuplicate(Parcel parcel) {
        if (restored) {
            restored = false;
            expected = rules.expected(expected, parcel.number());
        }
        return parcel.number() < expected || early.containsKey(parcel.number());
    }

    /** Takes a message that is no duplicate; returns those that are now next in order. */
    List<Parcel> add(Parcel parcel) {
        early.put(parcel.number(), parcel);
        List<Parcel> ready = new ArrayList<>();
        Parcel next = early.remove(expected);
        while (next != null) {
            ready.add(next);
            expected++;
            next = early.remove(expected);
        }
        return ready;
    }

    /** The number that is expected next, and what has overtaken it (DJ-12). */
    void save(ByteWriter state) {
        state.number(expected).number(early.size());
        early.values().forEach(state::parcel);
    }

    void restore(ByteReader state) {
        begin();
        expected = state.number();
        restored = true;
        for (int left = state.count(); left > 0; left--) {
            Parcel parcel = state.parcel();
            early.put(parcel.number(), parcel);
        }
    }

    /** As at the beginning. */
    void begin() {
        early.clear();
        expected = 1;
        restored = false;
    }
}
