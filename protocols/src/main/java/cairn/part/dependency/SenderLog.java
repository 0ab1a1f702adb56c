package cairn.part.dependency;

import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.RetransmissionTimer;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The log that a sender keeps of its messages to one rank, until that will never ask for them again
 * (DJ-9; Johnson and Zwaenepoel 1987); they are sent until they have arrived.
 */
public final class SenderLog {

    private final int window;
    private final NavigableMap<Long, Copy> copies = new TreeMap<>();
    private RetransmissionTimer timer = new RetransmissionTimer();
    private long arrived;
    private long sent;
    private long sentBeforeLastTick;
    private boolean isOpen;

    /** A message and what the state that sent it depended on. */
    public record Copy(Parcel parcel, DependencyVector vector) {}

    /** How a message leaves; it says whether it may. */
    public interface Wire {
        boolean transmit(Copy copy, boolean isFirst);
    }

    public SenderLog(int window) {
        this.window = window;
    }

    public void add(Copy copy, Wire wire) {
        copies.put(copy.parcel.number(), copy);
        send(wire);
    }

    /** It is known how far the receiver is: sending begins. */
    public void open(long has, Wire wire) {
        isOpen = true;
        arrived = Math.max(arrived, has);
        send(wire);
    }

    /** The receiver went back: what it has lost is sent again. */
    public void goBack(long has, Wire wire) {
        isOpen = true;
        arrived = has;
        sent = has;
        sentBeforeLastTick = has;
        timer = new RetransmissionTimer();
        send(wire);
    }

    /** Takes an acknowledgement; what is stable at the receiver is given up. */
    public void acknowledged(long upTo, long stable, Wire wire) {
        if (upTo > arrived) {
            arrived = upTo;
            timer.acknowledged(upTo);
        }
        copies.headMap(stable, true).clear();
        send(wire);
    }

    /** Sends all that may be sent and was not. */
    public void send(Wire wire) {
        sent = Math.max(sent, arrived);
        Copy next = copies.get(sent + 1);
        while (isOpen && next != null && sent < arrived + window && wire.transmit(next, true)) {
            sent++;
            timer.sent(sent);
            next = copies.get(sent + 1);
        }
    }

    /** Sends again what was sent before the last tick and has not arrived, when it is time. */
    public void tick(Wire wire) {
        if (timer.tick(isOpen && arrived < sentBeforeLastTick)) {
            copies.subMap(arrived, false, sentBeforeLastTick, true)
                    .values()
                    .forEach(copy -> wire.transmit(copy, false));
        }
        sentBeforeLastTick = sent;
    }

    public void save(boolean withVectors, ByteWriter state) {
        state.number(copies.size());
        for (Copy copy : copies.values()) {
            state.parcel(copy.parcel);
            if (withVectors) {
                copy.vector.save(state);
            }
        }
    }

    /** What was restored is not sent before it is known how far the receiver is. */
    public void restore(int ranks, boolean withVectors, ByteReader state) {
        begin();
        DependencyVector none = DependencyVector.zero(ranks);
        for (int left = state.count(); left > 0; left--) {
            Parcel parcel = state.parcel();
            DependencyVector vector = withVectors ? DependencyVector.restore(ranks, state) : none;
            copies.put(parcel.number(), new Copy(parcel, vector));
        }
    }

    /** As at the beginning, when everybody is known to have nothing. */
    public void begin() {
        copies.clear();
        arrived = 0;
        sent = 0;
        sentBeforeLastTick = 0;
        timer = new RetransmissionTimer();
        isOpen = false;
    }
}
