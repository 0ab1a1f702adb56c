package cairn.protocol.messagelogging;

import cairn.model.computation.Parcel;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The messages to one rank that it has not acknowledged (DJ-9). The oldest of them, a window full,
 * are under way, and are sent again until the acknowledgement comes.
 */
final class Copies {

    private static final long NOT_SENT = Long.MAX_VALUE;

    private final int window;
    private final NavigableMap<Long, Copy> kept = new TreeMap<>();
    private long tick;

    /** A message and when it was last sent, counted in ticks. */
    private static final class Copy {
        private final Parcel parcel;
        private long sentAt = NOT_SENT;

        private Copy(Parcel parcel) {
            this.parcel = parcel;
        }
    }

    Copies(int window) {
        this.window = window;
    }

    /** Keeps a message, and sends it if the window allows. */
    void add(Parcel parcel, Consumer<Parcel> wire) {
        kept.put(parcel.number(), new Copy(parcel));
        fill(wire);
    }

    /** Gives up the copy of a message that has arrived; another one may be sent in its place. */
    void acknowledged(long number, Consumer<Parcel> wire) {
        if (kept.remove(number) != null) {
            fill(wire);
        }
    }

    private void fill(Consumer<Parcel> wire) {
        int places = window;
        for (Copy copy : kept.values()) {
            if (places-- == 0) {
                return;
            }
            if (copy.sentAt == NOT_SENT) {
                send(copy, wire);
            }
        }
    }

    private void send(Copy copy, Consumer<Parcel> wire) {
        copy.sentAt = tick;
        wire.accept(copy.parcel);
    }

    /** Sends again what was sent before the last tick. */
    void tick(Consumer<Parcel> wire) {
        for (Copy copy : kept.values()) {
            if (copy.sentAt < tick) {
                send(copy, wire);
            }
        }
        tick++;
    }

    /** Sends all that the window allows, as after a restore. */
    void sendAll(Consumer<Parcel> wire) {
        fill(wire);
    }

    /** What is kept, for a checkpoint. */
    List<Parcel> content() {
        List<Parcel> parcels = new ArrayList<>(kept.size());
        kept.values().forEach(copy -> parcels.add(copy.parcel));
        return parcels;
    }

    /** Keeps this and nothing else; none of it is sent yet. */
    void restore(List<Parcel> parcels) {
        kept.clear();
        parcels.forEach(parcel -> kept.put(parcel.number(), new Copy(parcel)));
    }
}
