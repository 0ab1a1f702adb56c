package cairn.protocol.logging;

import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.dependency.DependencyVector;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The messages to one rank, kept until it will never ask for them again (DJ-9), and sent until they
 * have arrived.
 */
final class Outgoing {

    private final int window;
    private final NavigableMap<Long, Copy> copies = new TreeMap<>();
    private long arrived;
    private long sent;
    private long sentBeforeLastTick;
    private boolean isOpen;

    /** A message and what the state that sent it depended on. */
    record Copy(Parcel parcel, DependencyVector vector) {}

    /** How a message leaves; it says whether it may. */
    interface Wire {
        boolean transmit(Copy copy, boolean isFirst);
    }

    Outgoing(int window) {
        this.window = window;
    }

    void add(Copy copy, Wire wire) {
        copies.put(copy.parcel.number(), copy);
        send(wire);
    }

    /** It is known how far the receiver is: sending begins. */
    void open(long has, Wire wire) {
        isOpen = true;
        arrived = Math.max(arrived, has);
        send(wire);
    }

    /** The receiver went back: what it has lost is sent again. */
    void goBack(long has, Wire wire) {
        isOpen = true;
        arrived = has;
        sent = has;
        sentBeforeLastTick = has;
        send(wire);
    }

    /** Takes an acknowledgement; what is stable at the receiver is given up. */
    void acknowledged(long upTo, long stable, Wire wire) {
        arrived = Math.max(arrived, upTo);
        copies.headMap(stable, true).clear();
        send(wire);
    }

    /** Sends all that may be sent and was not. */
    void send(Wire wire) {
        sent = Math.max(sent, arrived);
        Copy next = copies.get(sent + 1);
        while (isOpen && next != null && sent < arrived + window && wire.transmit(next, true)) {
            sent++;
            next = copies.get(sent + 1);
        }
    }

    /** Sends again what was sent before the last tick and has not arrived. */
    void tick(Wire wire) {
        if (isOpen && arrived < sentBeforeLastTick) {
            copies.subMap(arrived, false, sentBeforeLastTick, true)
                    .values()
                    .forEach(copy -> wire.transmit(copy, false));
        }
        sentBeforeLastTick = sent;
    }

    void save(boolean withVectors, ByteWriter state) {
        state.number(copies.size());
        for (Copy copy : copies.values()) {
            state.parcel(copy.parcel);
            if (withVectors) {
                copy.vector.save(state);
            }
        }
    }

    /** What was restored is not sent before it is known how far the receiver is. */
    void restore(ByteReader state, BiFunction<Parcel, ByteReader, Copy> reader) {
        begin();
        for (int left = state.count(); left > 0; left--) {
            Parcel parcel = state.parcel();
            copies.put(parcel.number(), reader.apply(parcel, state));
        }
    }

    /** As at the beginning, when everybody is known to have nothing. */
    void begin() {
        copies.clear();
        arrived = 0;
        sent = 0;
        sentBeforeLastTick = 0;
        isOpen = false;
    }
}
