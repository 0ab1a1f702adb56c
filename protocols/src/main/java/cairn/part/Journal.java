package cairn.part;

import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * What a place must not forget, in a file; messages that rely on it leave when it is durable. Of
 * contents that are asked for while one is written only the last is written.
 */
public final class Journal<M extends Message> {

    private final String name;
    private final StableFile file;
    private final Owner<M> owner;
    private final ArrayDeque<Owed<M>> owed = new ArrayDeque<>();
    private byte @Nullable [] next;
    private boolean ready;
    private long asked;
    private long underWay;
    private long written;

    /** A message that waits until so many contents are durable, and what is then true. */
    private record Owed<M>(long after, NodeId to, M message, @Nullable Fact fact) {}

    /** Whose the content is. */
    public interface Owner<M extends Message> {

        /** Takes what was found at the start; null if nothing was ever written. */
        void recall(@Nullable ByteReader content, Outbox<M> out);
    }

    /**
     * The journal of an owner.
     *
     * @param name of its file
     * @param firstToken the first of {@link StableFile#TOKENS} tokens that are the journal's
     * @param retryNanos how long to wait before a refused operation of the disk is tried again
     */
    public Journal(String name, long firstToken, long retryNanos, Owner<M> owner) {
        this.name = name;
        this.file = new StableFile(name, firstToken, retryNanos);
        this.owner = owner;
    }

    /** Whether a token, or the name of a timer, is this journal's. */
    public boolean owns(long token) {
        return file.owns(token);
    }

    /** Whether its owner has what was there. */
    public boolean isReady() {
        return ready;
    }

    /** Begins to read what is there. */
    public void boot(Outbox<M> out) {
        file.read(out);
    }

    /** The retry timer ran out. */
    public void fired(Outbox<M> out) {
        file.fired(out);
    }

    /** Asks for another content. */
    public void write(ByteWriter content, Outbox<M> out) {
        next = content.sealed();
        asked++;
        begin(out);
    }

    private void begin(Outbox<M> out) {
        byte[] content = next;
        if (content != null && !file.isBusy()) {
            next = null;
            underWay = asked;
            file.write(content, out);
        }
    }

    /** Sends a message when all that was asked to be written is durable. */
    public void owe(NodeId to, M message, Outbox<M> out) {
        owe(to, message, null, out);
    }

    /** Likewise, and claims a fact. */
    public void owe(NodeId to, M message, @Nullable Fact fact, Outbox<M> out) {
        owed.add(new Owed<>(asked, to, message, fact));
        settle(out);
    }

    private void settle(Outbox<M> out) {
        while (!owed.isEmpty() && owed.element().after() <= written) {
            Owed<M> due = owed.remove();
            if (due.fact() != null) {
                out.claim(due.fact());
            }
            out.send(due.to(), due.message());
        }
    }

    /** Takes an event of the disk; halts if the content is damaged, or a sync failed. */
    public void onDisk(Event.OfDisk<?> event, Outbox<M> out) {
        switch (file.on(event, out)) {
            case ABSENT -> {
                ready = true;
                owner.recall(null, out);
            }
            case READ -> {
                ready = true;
                byte[] content = file.content();
                if (Seal.isWhole(content)) {
                    owner.recall(new ByteReader(content), out);
                } else {
                    out.halt("its " + name + " is damaged");
                }
            }
            case WRITTEN -> {
                written = underWay;
                settle(out);
                begin(out);
            }
            case BROKEN -> out.halt("its disk failed");
            case UNDER_WAY -> {
                // The disk is asked for the next step.
            }
        }
    }
}
