package cairn.protocol.migration;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.protocol.migration.MigrationMessage.Demand;
import cairn.protocol.migration.MigrationMessage.Landed;
import cairn.protocol.migration.MigrationMessage.Shipped;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/** A process that is on its way to this node. */
final class Arrival {

    private final long move;
    private final NodeId source;
    private final Rules rules;
    private final Channels<Cargo> channel = new Channels<>(1);
    private final BitSet demanded = new BitSet();
    private BitSet absent = new BitSet();
    private Cargo.@Nullable Processor processor;
    private boolean isTaken;

    Arrival(long move, NodeId source, Rules rules) {
        this.move = move;
        this.source = source;
        this.rules = rules;
        channel.begin(move);
    }

    long move() {
        return move;
    }

    /** Takes a part of it, and puts pages in place. */
    void receive(Frame<Cargo> frame, Outbox<MigrationMessage> out) {
        for (Cargo cargo : channel.receive(0, frame, wire(out))) {
            switch (cargo) {
                case Cargo.Pages(var pages) -> pages.forEach(page -> install(page, out));
                case Cargo.Processor all -> {
                    processor = all;
                    absent = all.absent();
                }
            }
        }
    }

    private void install(Cargo.Page page, Outbox<MigrationMessage> out) {
        // Until the process goes on, the newest content is the one that counts.
        if (!isTaken || rules.installs(absent.get(page.number()))) {
            page.installIn(out.memory());
        }
        absent.clear(page.number());
        demanded.clear(page.number());
    }

    private Channels.Wire<Cargo> wire(Outbox<MigrationMessage> out) {
        return Channels.Wire.to(_ -> source, Shipped::new, Landed::new, out);
    }

    /** What the process needs beside its pages; {@code null} until it can go on. */
    Cargo.@Nullable Processor processor() {
        return processor;
    }

    /** The process is this node's. */
    void take() {
        isTaken = true;
    }

    boolean isTaken() {
        return isTaken;
    }

    boolean isWhole() {
        return isTaken && absent.isEmpty();
    }

    boolean hasArrived(int page) {
        return !absent.get(page);
    }

    /** The process waits for a page. */
    void fetch(int page, Outbox<MigrationMessage> out) {
        if (!demanded.get(page)) {
            demanded.set(page);
            out.send(source, new Demand(move, page));
        }
    }

    boolean isWaiting() {
        return !demanded.isEmpty();
    }

    /** Asks again; a page that was sent meanwhile comes twice. */
    void tick(Outbox<MigrationMessage> out) {
        demanded.stream().forEach(page -> out.send(source, new Demand(move, page)));
    }
}
