package cairn.part.transfer;

import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.Channels;
import cairn.part.Channels.Frame;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A process that is on its way to another node, seen from where it was. */
public final class Departure<P extends Transfer.Processor, M extends Message> {

    /** How many messages with pages may be under way, so that what is lost is noticed in time. */
    private static final int WINDOW = 4;

    private final long number;
    private final NodeId target;
    private final Transfer.Traveller<P, M> process;
    private final Transfer settings;
    private final Transfer.Speech<P, M> speech;
    private final CpuCosts costs;
    private final TransferRules rules;
    private final Channels<Cargo<P>> channel = new Channels<>(1);
    private BitSet left = new BitSet();
    private BitSet changed = new BitSet();
    private State state = State.RUNNING;
    private boolean isRecording;
    private int rounds;
    private int sentInRound;
    private long bytes;
    private final BitSet fetched = new BitSet();

    private enum State {
        /** The process runs here. */
        RUNNING,
        /** It stands still, and what it cannot go on without is being sent. */
        STOPPED,
        /** All that it cannot go on without is sent. */
        SENT
    }

    /**
     * One that has not begun.
     *
     * @param number that no other transfer between the two has
     */
    public Departure(
            long number,
            NodeId target,
            Transfer.Traveller<P, M> process,
            Transfer settings,
            Transfer.Speech<P, M> speech,
            CpuCosts costs,
            TransferRules rules) {
        this.number = number;
        this.target = target;
        this.process = process;
        this.settings = settings;
        this.speech = speech;
        this.costs = costs;
        this.rules = rules;
        channel.begin(number);
    }

    public long number() {
        return number;
    }

    public NodeId target() {
        return target;
    }

    /** Whether the process stands still. */
    public boolean hasStopped() {
        return state != State.RUNNING;
    }

    public int rounds() {
        return rounds;
    }

    /** What was put on the network, repeats included. */
    public long bytes() {
        return bytes;
    }

    /** How many pages the process had to wait for. */
    public long fetched() {
        return fetched.cardinality();
    }

    // ---- sending

    /** Begins to send. */
    public void begin(Outbox<M> out) {
        if (settings.form() == Form.PRE_COPY) {
            beginRound(touched(out.memory()), out);
        } else {
            stop(out);
        }
    }

    private static BitSet touched(PagedMemory memory) {
        BitSet touched = new BitSet();
        for (int page = 0; page < memory.pageCount(); page++) {
            touched.set(page, !memory.isZero(page));
        }
        return touched;
    }

    private void beginRound(BitSet pages, Outbox<M> out) {
        rounds++;
        left = pages;
        sentInRound = pages.cardinality();
        changed = new BitSet();
        isRecording = false;
        if (rules.recordsBeforeReading()) {
            record(out);
        }
        push(out);
    }

    private void record(Outbox<M> out) {
        if (!isRecording) {
            isRecording = true;
            out.memory().protectAll();
            out.spend(costs.protectPageNanos() * sentInRound);
        }
    }

    /**
     * The process, which still runs here, is about to change a page, which it may from now on. If
     * no mapping is left for the protection of that page alone, none is protected until the next
     * round, and all count as changed.
     */
    public void changes(int page, PagedMemory memory) {
        if (memory.unprotect(page)) {
            changed.set(page);
        } else {
            changed.set(0, memory.pageCount());
            memory.unprotect(0, memory.pageCount() - 1);
        }
    }

    /**
     * Stops when another round would not leave less: few pages are left, or as many as it sent,
     * since the process stores as fast as the network carries; or there were rounds enough.
     */
    private void endRound(Outbox<M> out) {
        int count = changed.cardinality();
        boolean isWorthIt =
                count > settings.stopAtPages() && count < settings.giveUpShare() * sentInRound;
        if (isWorthIt && rounds < settings.mostRounds()) {
            beginRound(changed, out);
        } else {
            stop(out);
        }
    }

    /** From now on the process does not change: the cut. */
    private void stop(Outbox<M> out) {
        process.stop(out);
        state = State.STOPPED;
        switch (settings.form()) {
            case STOP_AND_COPY -> left = touched(out.memory());
            case PRE_COPY -> left = rules.sendsLastChanges() ? changed : new BitSet();
            case POST_COPY -> {
                BitSet head = new BitSet();
                head.set(0, process.headPages());
                ship(head, out);
                left = touched(out.memory());
                left.andNot(head);
                sendProcessor(left, out);
            }
        }
        changed = new BitSet();
        push(out);
    }

    private void sendProcessor(BitSet absent, Outbox<M> out) {
        state = State.SENT;
        channel.send(0, new Cargo.Rest<>(process.processor(), absent), wire(out));
    }

    private void push(Outbox<M> out) {
        while (!left.isEmpty() && underWay() < WINDOW) {
            BitSet batch = new BitSet();
            for (int page = left.nextSetBit(0);
                    page >= 0 && batch.cardinality() < settings.batchPages();
                    page = left.nextSetBit(page + 1)) {
                batch.set(page);
            }
            left.andNot(batch);
            // One that has changed already is sent in the next round.
            batch.andNot(changed);
            ship(batch, out);
        }
        if (state == State.STOPPED && left.isEmpty()) {
            sendProcessor(new BitSet(), out);
        }
        if (state == State.RUNNING && left.isEmpty() && underWay() == 0) {
            endRound(out);
        }
    }

    private int underWay() {
        return channel.unacknowledged(0).size();
    }

    private void ship(BitSet batch, Outbox<M> out) {
        if (!batch.isEmpty()) {
            List<Cargo.Page> pages = new ArrayList<>();
            batch.stream().forEach(page -> pages.add(Cargo.Page.of(page, out.memory())));
            channel.send(0, new Cargo.Pages<>(pages), wire(out));
        }
    }

    private Channels.Wire<Cargo<P>> wire(Outbox<M> out) {
        return Channels.Wire.to(_ -> target, this::shipped, speech::landed, out);
    }

    private M shipped(Frame<Cargo<P>> frame) {
        M message = speech.shipped(frame);
        bytes += message.bytes();
        return message;
    }

    // ---- what the target says

    /** Parts have arrived; returns whether that is news. */
    public boolean landed(long upTo, Outbox<M> out) {
        int before = underWay();
        channel.acknowledged(0, number, upTo, wire(out));
        boolean isNews = underWay() < before;
        if (state == State.RUNNING) {
            record(out);
        }
        push(out);
        return isNews;
    }

    /** The process waits for a page, which may be on its way; it says so until it has it. */
    public void demanded(int page, Outbox<M> out) {
        if (fetched.get(page)) {
            return;
        }
        fetched.set(page);
        left.clear(page);
        BitSet one = new BitSet();
        one.set(page);
        ship(one, out);
    }

    /** Sends again what was not answered. */
    public void tick(Outbox<M> out) {
        channel.tick(wire(out));
    }
}
