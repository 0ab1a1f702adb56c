package cairn.protocol.logging;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.dependency.SenderLog;
import cairn.protocol.logging.LoggingMessage.Arrived;
import cairn.protocol.logging.LoggingMessage.Baggage;
import cairn.protocol.logging.LoggingMessage.Carried;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A rank's links to all others: the log of what it sent through each, and how far what came through
 * each has been taken. It receives messages of one sender in order, and no other one.
 */
final class Links {

    private final int self;
    private final boolean sendsVectors;
    private final Lives lives;
    private final Scheme scheme;
    private final Rules rules;
    private final List<SenderLog> logs = new ArrayList<>();
    private final List<NavigableMap<Long, Carried>> heldBack = new ArrayList<>();
    private final long[] arrived;
    private final long[] saved;
    private long receiptsSaved;

    Links(int self, int ranks, LoggingSettings settings, Lives lives, Scheme scheme, Rules rules) {
        this.self = self;
        this.sendsVectors = settings.family() == Family.OPTIMISTIC;
        this.lives = lives;
        this.scheme = scheme;
        this.rules = rules;
        this.arrived = new long[ranks];
        this.saved = new long[ranks];
        for (int i = 0; i < ranks; i++) {
            logs.add(new SenderLog(settings.window()));
            heldBack.add(new TreeMap<>());
        }
    }

    // ---- what leaves

    void send(Parcel parcel, Outbox<LoggingMessage> out) {
        logs.get(parcel.to())
                .add(new SenderLog.Copy(parcel, scheme.vector()), wire(parcel.to(), out));
    }

    /** It is known how far another rank is. */
    void open(int peer, long has, Outbox<LoggingMessage> out) {
        logs.get(peer).open(has, wire(peer, out));
    }

    /** Another rank went back to where it has so many. */
    void goBack(int peer, long has, Outbox<LoggingMessage> out) {
        logs.get(peer).goBack(has, wire(peer, out));
    }

    void acknowledged(int peer, Arrived said, Outbox<LoggingMessage> out) {
        scheme.delivered(peer, said.upTo());
        scheme.giveUp(peer, said.receipts());
        logs.get(peer).acknowledged(said.upTo(), said.stable(), wire(peer, out));
    }

    /** Sends all that may be sent and was not. */
    void sendWaiting(Outbox<LoggingMessage> out) {
        if (scheme.maySend()) {
            for (int peer = 0; peer < arrived.length; peer++) {
                logs.get(peer).send(wire(peer, out));
            }
        }
    }

    void tick(Outbox<LoggingMessage> out) {
        for (int peer = 0; peer < arrived.length; peer++) {
            logs.get(peer).tick(wire(peer, out));
        }
    }

    private SenderLog.Wire wire(int to, Outbox<LoggingMessage> out) {
        return (copy, isFirst) -> {
            if (!scheme.maySend()) {
                return false;
            }
            Baggage baggage = scheme.baggage(to, copy, isFirst);
            out.send(new NodeId(to), new Carried(lives.own(), copy.parcel(), baggage));
            return true;
        };
    }

    // ---- what comes

    /** A message came; returns whether it was taken. */
    boolean carried(Parcel parcel, Baggage baggage, Outbox<LoggingMessage> out) {
        int from = parcel.from();
        if (parcel.number() <= arrived[from]) {
            scheme.unload(baggage);
            acknowledge(from, out);
            return false;
        }
        if (parcel.number() != arrived[from] + 1 || !scheme.accepts(baggage)) {
            return false;
        }
        scheme.unload(baggage);
        arrived[from]++;
        scheme.arrived(parcel, baggage, out);
        if (scheme.arrived(from) == arrived[from]) {
            acknowledge(from, out);
        }
        return true;
    }

    /** A message came before the rank may depend on it. */
    void holdBack(Carried early) {
        heldBack.get(early.parcel().from()).put(early.parcel().number(), early);
    }

    /** Takes what was held back, unless the life that sent it is over. */
    void takeHeldBack(Outbox<LoggingMessage> out) {
        for (NavigableMap<Long, Carried> ofPeer : heldBack) {
            for (Carried early : ofPeer.values()) {
                if (early.life() == lives.of(early.parcel().from())) {
                    carried(early.parcel(), early.baggage(), out);
                }
            }
            ofPeer.clear();
        }
    }

    /** How many messages of a rank have arrived. */
    long arrived(int from) {
        return arrived[from];
    }

    /** All messages of a rank up to a number have arrived. */
    void arrived(int from, long number) {
        arrived[from] = number;
    }

    /** Tells a sender how far its messages have come. */
    void acknowledge(int sender, Outbox<LoggingMessage> out) {
        long upTo = scheme.arrived(sender);
        long stable = scheme.isStableOnArrival() ? upTo : rules.stable(upTo, saved[sender]);
        out.send(new NodeId(sender), new Arrived(lives.own(), upTo, stable, receiptsSaved));
    }

    void acknowledgeAll(Outbox<LoggingMessage> out) {
        for (int peer = 0; peer < arrived.length; peer++) {
            if (peer != self) {
                acknowledge(peer, out);
            }
        }
    }

    // ---- checkpoints

    int ranks() {
        return arrived.length;
    }

    /** How far each sender's messages have come. */
    List<Long> arrived() {
        return Arrays.stream(arrived).boxed().toList();
    }

    /** A checkpoint that is durable contains what had been received up to here. */
    void saved(List<Long> arrivedThen, long receipts) {
        Arrays.setAll(saved, arrivedThen::get);
        receiptsSaved = receipts;
    }

    void save(ByteWriter state) {
        for (int peer = 0; peer < arrived.length; peer++) {
            state.number(arrived[peer]);
            logs.get(peer).save(sendsVectors, state);
        }
    }

    void restore(ByteReader state) {
        for (int peer = 0; peer < arrived.length; peer++) {
            arrived[peer] = state.number();
            logs.get(peer).restore(arrived.length, sendsVectors, state);
        }
    }

    /** As at the beginning. */
    void begin() {
        Arrays.fill(arrived, 0);
        logs.forEach(SenderLog::begin);
    }
}
