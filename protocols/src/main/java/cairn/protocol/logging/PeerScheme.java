package cairn.protocol.logging;

import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Inbox;
import cairn.part.dependency.DependencyVector;
import cairn.part.dependency.Determinant;
import cairn.part.dependency.DeterminantStore;
import cairn.part.dependency.Held;
import cairn.part.dependency.HeldOutputs;
import cairn.part.dependency.Past;
import cairn.part.dependency.SenderLog;
import cairn.protocol.logging.LoggingMessage.Baggage;
import cairn.protocol.logging.LoggingMessage.Keep;
import cairn.protocol.logging.LoggingMessage.Kept;
import cairn.protocol.logging.LoggingMessage.OfScheme;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Pessimistic sender-based and causal logging: messages stay with their senders, and determinants
 * are held in the memories of other ranks. Sender-based, each goes back to the sender of the
 * message, one of an input to the next rank, and until it is there the receiver sends nothing;
 * causal, it travels with every message until enough ranks hold it.
 */
final class PeerScheme implements Scheme {

    /**
     * More batches than are pushed in one life. No number is used in two: what a rank said to an
     * earlier one may come late, and would be taken for a word on what has not arrived.
     */
    private static final int BATCH_BITS = 32;

    private final Site site;
    private final Rules rules;
    private final boolean causal;
    private final int failures;
    private final DeterminantStore store;
    private final Inbox inbox = new Inbox();
    private final ReplayOrder order = new ReplayOrder();
    private final NavigableMap<Long, Batch> batches = new TreeMap<>();
    private final List<Deque<Sent>> sent = new ArrayList<>();
    private final DependencyVector nothing;
    private long batch;
    private long received;
    private long claimed;
    private boolean told;

    /** The life in which the last receipt was first what it is. */
    private long newestLife;

    /** Determinants that a rank was asked to keep, and has not said that it does. */
    private record Batch(int to, List<Held> held) {}

    /** Determinants that travel with a message. */
    private record Sent(long number, List<Held> held) {}

    PeerScheme(LoggingSettings settings, Site site, Rules rules) {
        this.site = site;
        this.rules = rules;
        this.causal = settings.family() == Family.CAUSAL;
        this.failures = causal ? Math.min(settings.failures(), site.ranks() - 1) : 1;
        this.store = new DeterminantStore(site.ranks(), failures + 1);
        this.nothing = DependencyVector.zero(site.ranks());
        for (int rank = 0; rank < site.ranks(); rank++) {
            sent.add(new ArrayDeque<>());
        }
    }

    private Held.Holder holder(int rank) {
        return new Held.Holder(rank, site.life(rank));
    }

    // ---- checkpoints

    @Override
    public void save(ByteWriter state) {
        state.number(newestLife);
        store.save(state);
        state.parcels(inbox.content());
    }

    @Override
    public void restore(long receipts, ByteReader state) {
        newestLife = state.number();
        store.restore(holder(site.self()), state);
        inbox.clear();
        inbox.add(state.parcels());
        received = receipts;
        store.giveUp(site.self(), receipts);
    }

    @Override
    public void begin() {
        store.clear();
        inbox.clear();
        received = 0;
        newestLife = 0;
    }

    @Override
    public void saved(long receipts, Outbox<LoggingMessage> out) {
        store.giveUp(site.self(), receipts);
        site.goOn(out);
    }

    // ---- recovery

    @Override
    public void recover(Outbox<LoggingMessage> out) {
        batch = site.life(site.self()) << BATCH_BITS;
        site.remembers();
        site.announce(out);
        if (site.life(site.self()) == 0) {
            told = true;
            site.ready(out);
        }
    }

    /**
     * With a determinant go those that it depends on. If this rank fails too, the other one alone
     * may know them; and else it would wait for a message that nobody sends again.
     */
    @Override
    public List<Held> of(int rank) {
        List<Held> known = new ArrayList<>(store.of(rank));
        if (causal) {
            known.addAll(travelling(rank));
        }
        return known;
    }

    /** What goes to a rank with every message, since too few may hold it. */
    private List<Held> travelling(int to) {
        return store.scarce(one -> !one.isHeldBy(to) && one.determinant().receiver() != to);
    }

    @Override
    public boolean learn(int rank, Past past, boolean isNew, Outbox<LoggingMessage> out) {
        if (isNew) {
            store.forgottenBy(rank);
            sent.get(rank).clear();
            batches.values().removeIf(waiting -> waiting.to == rank);
            if (!causal) {
                push(rank, out);
            }
        }
        return false;
    }

    @Override
    public void told(int rank, List<Held> known) {
        for (Held one : known) {
            if (isOwn(one)) {
                told(rank, one.determinant());
            } else {
                hold(one);
            }
        }
    }

    private void told(int rank, Determinant own) {
        if (own.receipt() > received && order.learns(own)) {
            store.add(new Held(own, List.of(holder(rank), holder(site.self()))));
        }
    }

    @Override
    public void toldAll(Outbox<LoggingMessage> out) {
        claimed = order.cut(received, newestLife);
        store.dropAfter(site.self(), claimed);
        if (!rules.replaysInOrder()) {
            order.clear();
        }
        told = true;
        site.ready(out);
    }

    @Override
    public boolean isReplaying() {
        return !order.isOver();
    }

    // ---- messages

    /**
     * What comes while this rank recovers may be of a rank that has failed too, and depend on a
     * receipt of this one that nobody else knew. When all have answered, either that receipt is
     * known here, or the life of who had said so is over. Of ranks of which one fails at a time
     * there is no other.
     */
    @Override
    public boolean listens() {
        return told || !causal;
    }

    @Override
    public void unload(Baggage baggage) {
        if (baggage instanceof Baggage.Determinants(List<Held> held)) {
            held.forEach(this::hold);
        }
    }

    /** Holds a determinant; of its other holders those count that have not forgotten it since. */
    private void hold(Held one) {
        Held mine = new Held(one.determinant(), List.of(holder(site.self())));
        for (Held.Holder holder : one.holders()) {
            if (holder.life() >= site.life(holder.rank())) {
                mine = mine.with(holder);
            }
        }
        // Its receiver holds it as long as it lives; of its own, this rank knows best.
        if (!isOwn(one)) {
            store.add(mine);
        }
    }

    @Override
    public void arrived(Parcel parcel, Baggage baggage, Outbox<LoggingMessage> out) {
        inbox.add(List.of(parcel));
    }

    @Override
    public @Nullable Parcel take(int from, long receipt, Outbox<LoggingMessage> out) {
        Determinant known = order.of(receipt);
        Parcel parcel =
                known == null
                        ? inbox.take(from)
                        : known.isInput() ? known.input() : inbox.take(known.sender());
        if (parcel == null) {
            return null;
        }
        order.done(receipt);
        received = receipt;
        newestLife = known == null ? site.life(site.self()) : known.life();
        if (known == null) {
            Determinant fresh =
                    Determinant.of(site.self(), receipt, parcel, site.life(site.self()));
            Held held = new Held(fresh, List.of(holder(site.self())));
            store.add(held);
            if (!causal) {
                push(keeper(fresh), List.of(held), out);
            }
        }
        claimLogged(out);
        return parcel;
    }

    /** Who keeps a determinant, sender-based: of an input, the next rank. */
    private int keeper(Determinant of) {
        return of.isInput() ? (site.self() + 1) % site.ranks() : of.sender();
    }

    private void claimLogged(Outbox<LoggingMessage> out) {
        long upTo = store.enoughUpTo(site.self(), received);
        if (upTo > claimed) {
            claimed = upTo;
            out.claim(new Fact.Logged(site.self(), upTo));
        }
    }

    @Override
    public long arrived(int from) {
        return site.arrived(from);
    }

    @Override
    public boolean isLogging() {
        return !maySend();
    }

    /** Sender-based, nobody may depend on an order that only this rank knows. */
    @Override
    public boolean maySend() {
        return causal || store.enoughUpTo(site.self(), received) == received;
    }

    @Override
    public DependencyVector vector() {
        return nothing;
    }

    @Override
    public Baggage baggage(int to, SenderLog.Copy copy, boolean isFirst) {
        if (!causal || !store.hasScarce()) {
            return new Baggage.None();
        }
        List<Held> held = travelling(to);
        if (isFirst && !held.isEmpty()) {
            sent.get(to).add(new Sent(copy.parcel().number(), held));
        }
        return held.isEmpty() ? new Baggage.None() : new Baggage.Determinants(held);
    }

    /** What travelled with a message has arrived with it; a repetition carries it too. */
    @Override
    public void delivered(int to, long upTo) {
        Deque<Sent> waiting = sent.get(to);
        while (!waiting.isEmpty() && waiting.getFirst().number <= upTo) {
            store.heldBy(holder(to), waiting.removeFirst().held);
        }
    }

    @Override
    public void giveUp(int rank, long receipts) {
        store.giveUp(rank, receipts);
    }

    // ---- determinants by themselves

    /** Sends to a rank those of this rank's determinants that it is to keep. */
    private void push(int to, Outbox<LoggingMessage> out) {
        push(to, store.scarce(one -> isOwn(one) && keeper(one.determinant()) == to), out);
    }

    private boolean isOwn(Held one) {
        return one.determinant().receiver() == site.self();
    }

    private void push(int to, List<Held> held, Outbox<LoggingMessage> out) {
        if (!held.isEmpty()) {
            batch++;
            batches.put(batch, new Batch(to, held));
            site.send(to, new Keep(site.life(site.self()), batch, held), out);
        }
    }

    @Override
    public void on(int from, OfScheme message, Outbox<LoggingMessage> out) {
        switch (message) {
            case Keep(long _, long number, List<Held> held) -> {
                if (listens()) {
                    held.forEach(this::hold);
                    site.send(from, new Kept(site.life(site.self()), number), out);
                }
            }
            case Kept(long _, long number) -> kept(from, number, out);
            case LoggingMessage.Durable _ ->
                    throw new IllegalStateException("nothing is logged on disks: " + message);
        }
    }

    private void kept(int from, long number, Outbox<LoggingMessage> out) {
        Batch done = batches.remove(number);
        if (done != null && done.to == from) {
            store.heldBy(holder(from), done.held);
            claimLogged(out);
            site.goOn(out);
        }
    }

    // ---- outputs

    @Override
    public List<Determinant> unsafe() {
        return store.scarce(one -> causal || isOwn(one)).stream().map(Held::determinant).toList();
    }

    @Override
    public boolean mayLeave(HeldOutputs.Output output) {
        return output.determinants().stream().noneMatch(store::isScarce);
    }

    /** Has the next ranks in the ring hold what an output waits for. */
    @Override
    public void commit(HeldOutputs outputs, Outbox<LoggingMessage> out) {
        if (causal && !outputs.isEmpty() && batches.isEmpty()) {
            for (int step = 1; step <= failures; step++) {
                int to = (site.self() + step) % site.ranks();
                push(to, store.scarce(one -> !one.isHeldBy(to)), out);
            }
        }
    }

    // ---- time and disk

    @Override
    public void tick(Outbox<LoggingMessage> out) {
        long life = site.life(site.self());
        batches.forEach((number, one) -> site.send(one.to, new Keep(life, number, one.held), out));
    }

    @Override
    public String toString() {
        return maySend() ? "determinants are held" : "determinants to be held";
    }
}
