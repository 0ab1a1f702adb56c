package cairn.protocol.messagelogging;

import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All that a rank sends to and receives from the others. */
final class Traffic {

    private final Rules rules;
    private final List<Copies> copies = new ArrayList<>();
    private final List<Arrivals> arrivals = new ArrayList<>();
    private final Inbox inbox = new Inbox();

    /** How messages and acknowledgements leave. */
    interface Wire {

        /** Sends a message, for the first time or again. */
        void transmit(Parcel parcel);

        /** Tells a sender that one of its messages has arrived. */
        void acknowledge(int sender, long number);
    }

    Traffic(int ranks, int window, Rules rules) {
        this.rules = rules;
        for (int rank = 0; rank < ranks; rank++) {
            copies.add(new Copies(window));
            arrivals.add(new Arrivals(rules));
        }
    }

    /** What has arrived for the rank. */
    Inbox inbox() {
        return inbox;
    }

    void send(Parcel parcel, Wire wire) {
        copies.get(parcel.to()).add(parcel, wire::transmit);
    }

    void acknowledged(int receiver, long number, Wire wire) {
        copies.get(receiver).acknowledged(number, wire::transmit);
    }

    /** A message arrived: it is acknowledged, a duplicate too (DJ-11). */
    void arrived(Parcel parcel, Wire wire) {
        Arrivals from = arrivals.get(parcel.from());
        if (!from.isDuplicate(parcel)) {
            inbox.add(from.add(parcel));
            wire.acknowledge(parcel.from(), parcel.number());
        } else if (rules.acknowledgesDuplicates()) {
            wire.acknowledge(parcel.from(), parcel.number());
        }
    }

    /** Sends what was restored and is not acknowledged (DJ-10). */
    void begin(Wire wire) {
        copies.forEach(one -> one.sendAll(wire::transmit));
    }

    void tick(Wire wire) {
        Consumer<Parcel> transmit = wire::transmit;
        copies.forEach(one -> one.tick(transmit));
    }

    /** As at the beginning. */
    void clear() {
        inbox.clear();
        copies.forEach(one -> one.restore(List.of()));
        arrivals.forEach(Arrivals::begin);
    }

    void save(ByteWriter state) {
        for (Copies one : copies) {
            save(rules.savesCopies() ? one.content() : List.of(), state);
        }
        arrivals.forEach(one -> one.save(state));
        save(rules.savesArrivals() ? inbox.content() : List.of(), state);
    }

    private static void save(List<Parcel> parcels, ByteWriter state) {
        state.number(parcels.size());
        parcels.forEach(state::parcel);
    }

    void restore(ByteReader state) {
        copies.forEach(one -> one.restore(parcels(state)));
        arrivals.forEach(one -> one.restore(state));
        inbox.clear();
        inbox.add(parcels(state));
    }

    private static List<Parcel> parcels(ByteReader state) {
        List<Parcel> parcels = new ArrayList<>();
        for (int left = state.count(); left > 0; left--) {
            parcels.add(state.parcel());
        }
        return parcels;
    }
}
