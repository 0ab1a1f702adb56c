package cairn.protocol.migration;

import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.protocol.migration.MigrationMessage.Landed;
import cairn.protocol.migration.MigrationMessage.Move;
import cairn.protocol.migration.MigrationMessage.Shipped;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A process that is on its way to another node, seen from where it was. */
final class Departure {

    /** How many messages with pages may be under way, so that what is lost is noticed in time. */
    private static final int WINDOW = 4;

    private final Move order;
    private final Execution process;
    private final MigrationSettings settings;
    private final CpuCosts costs;
    private final Rules rules;
    private final Channels<Cargo> channel = new Channels<>(1);
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

    Departure(
            Move order,
            Execution process,
            MigrationSettings settings,
            CpuCosts costs,
            Rules rules) {
        this.order = order;
        this.process = process;
        this.settings = settings;
        this.costs = costs;
        this.rules = rules;
        channel.begin(order.move());
    }

    long move() {
        return order.move();
    }

    NodeId target() {
        return order.target();
    }

    /** For how long it may see no progress. */
    long patienceNanos() {
        return order.patienceNanos();
    }

    int rank() {
        return process.rank();
    }

    boolean hasStopped() {
        return state != State.RUNNING;
    }

    int rounds() {
        return rounds;
    }

    /** What was put on the network, repeats included. */
    long bytes() {
        return bytes;
    }

    /** How many pages the process had to wait for. */
    long fetched() {
        return fetched.cardinality();
    }

    // ---- sending

    void begin(Outbox<MigrationMessage> out) {
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

    private void beginRound(BitSet pages, Outbox<MigrationMessage> out) {
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

    private void record(Outbox<MigrationMessage> out) {
        if (!isRecording) {
            isRecording = true;
            out.memory().protectAll();
            out.spend(costs.protectPageNanos() * sentInRound);
        }
    }

    /** The process, which still runs here, is about to change a page. */
    void changes(int page) {
        changed.set(page);
    }

    /**
     * Stops when another round would not leave less: few pages are left, or as many as it sent,
     * since the process stores as fast as the network carries; or there were rounds enough.
     */
    private void endRound(Outbox<MigrationMessage> out) {
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
    private void stop(Outbox<MigrationMessage> out) {
        process.stop(move(), out);
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

    private void sendProcessor(BitSet absent, Outbox<MigrationMessage> out) {
        state = State.SENT;
        channel.send(0, process.processor(absent), wire(out));
    }

    private void push(Outbox<MigrationMessage> out) {
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

    private void ship(BitSet batch, Outbox<MigrationMessage> out) {
        if (!batch.isEmpty()) {
            List<Cargo.Page> pages = new ArrayList<>();
            batch.stream().forEach(page -> pages.add(Cargo.Page.of(page, out.memory())));
            channel.send(0, new Cargo.Pages(pages), wire(out));
        }
    }

    private Channels.Wire<Cargo> wire(Outbox<MigrationMessage> out) {
        return Channels.Wire.to(_ -> target(), this::shipped, Landed::new, out);
    }

    private Shipped shipped(Frame<Cargo> frame) {
        var message = new Shipped(frame);
        bytes += message.bytes();
        return message;
    }

    // ---- what the target says

    /** Parts have arrived; returns whether that is news. */
    boolean landed(long upTo, Outbox<MigrationMessage> out) {
        int before = underWay();
        channel.acknowledged(0, move(), upTo, wire(out));
        boolean isNews = underWay() < before;
        if (state == State.RUNNING) {
            record(out);
        }
        push(out);
        return isNews;
    }

    /** The process waits for a page, which may be on its way; it says so until it has it. */
    void demanded(int page, Outbox<MigrationMessage> out) {
        if (fetched.get(page)) {
            return;
        }
        fetched.set(page);
        left.clear(page);
        BitSet one = new BitSet();
        one.set(page);
        ship(one, out);
    }

    void tick(Outbox<MigrationMessage> out) {
        channel.tick(wire(out));
    }
}
