package cairn.part.transfer;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Channels;
import cairn.part.Channels.Frame;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/** A process that is on its way to this node. */
public final class Arrival<P extends Transfer.Processor, M extends Message> {

    private final long number;
    private final NodeId source;
    private final Transfer.Speech<P, M> speech;
    private final TransferRules rules;
    private final Channels<Cargo<P>> channel = new Channels<>(1);
    private final BitSet demanded = new BitSet();
    private BitSet absent = new BitSet();
    private @Nullable P processor;
    private boolean isTaken;

    /** One of which nothing is there yet. */
    public Arrival(long number, NodeId source, Transfer.Speech<P, M> speech, TransferRules rules) {
        this.number = number;
        this.source = source;
        this.speech = speech;
        this.rules = rules;
        channel.begin(number);
    }

    public long number() {
        return number;
    }

    public NodeId source() {
        return source;
    }

    /** Takes a part of it, and puts pages in place. */
    public void receive(Frame<Cargo<P>> frame, Outbox<M> out) {
        for (Cargo<P> cargo : channel.receive(0, frame, wire(out))) {
            switch (cargo) {
                case Cargo.Pages<P>(var pages) -> pages.forEach(page -> install(page, out));
                case Cargo.Rest<P> rest -> {
                    processor = rest.processor();
                    absent = rest.absent();
                }
            }
        }
    }

    private void install(Cargo.Page page, Outbox<M> out) {
        // Until the process goes on, the newest content is the one that counts.
        if (!isTaken || rules.installs(absent.get(page.number()))) {
            page.installIn(out.memory());
        }
        absent.clear(page.number());
        demanded.clear(page.number());
    }

    private Channels.Wire<Cargo<P>> wire(Outbox<M> out) {
        return Channels.Wire.to(_ -> source, speech::shipped, speech::landed, out);
    }

    /** What the process needs beside its pages; {@code null} until it can go on. */
    public @Nullable P processor() {
        return processor;
    }

    /** The process is this node's. */
    public void take() {
        isTaken = true;
    }

    /** Whether it is. */
    public boolean isTaken() {
        return isTaken;
    }

    /** Whether it is, with all pages. */
    public boolean isWhole() {
        return isTaken && absent.isEmpty();
    }

    /** Whether a page is here. */
    public boolean hasArrived(int page) {
        return !absent.get(page);
    }

    /** The process waits for a page. */
    public void fetch(int page, Outbox<M> out) {
        if (!demanded.get(page)) {
            demanded.set(page);
            out.send(source, speech.demand(number, page));
        }
    }

    /** Whether it waits for one. */
    public boolean isWaiting() {
        return !demanded.isEmpty();
    }

    /** Asks again; a page that was sent meanwhile comes twice. */
    public void tick(Outbox<M> out) {
        demanded.stream().forEach(page -> out.send(source, speech.demand(number, page)));
    }
}
