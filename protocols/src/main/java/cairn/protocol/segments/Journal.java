package cairn.protocol.segments;

import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Seal;
import cairn.part.StableFile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * What a place must not forget, in a file; messages that rely on it leave when it is durable. Of
 * contents that are asked for while one is written only the last is written.
 */
final class Journal {

    private final String name;
    private final StableFile file;
    private final Owner owner;
    private final ArrayDeque<Owed> owed = new ArrayDeque<>();
    private byte @Nullable [] next;
    private boolean ready;
    private long asked;
    private long underWay;
    private long written;

    /** A message that waits until so many contents are durable, and what is then true. */
    private record Owed(long after, NodeId to, SegmentsMessage message, @Nullable Fact fact) {}

    /** Whose the content is. */
    interface Owner {

        /** Takes what was found at the start; null if nothing was ever written. */
        void recall(@Nullable ByteReader content, Outbox<SegmentsMessage> out);
    }

    Journal(String name, long firstToken, Setup setup, Owner owner) {
        this.name = name;
        this.file = new StableFile(name, firstToken, setup.settings().heartbeatNanos());
        this.owner = owner;
    }

    boolean owns(long token) {
        return file.owns(token);
    }

    /** Whether its owner has what was there. */
    boolean isReady() {
        return ready;
    }

    void boot(Outbox<SegmentsMessage> out) {
        file.read(out);
    }

    void fired(Outbox<SegmentsMessage> out) {
        file.fired(out);
    }

    /** Asks for another content. */
    void write(ByteWriter content, Outbox<SegmentsMessage> out) {
        next = content.sealed();
        asked++;
        begin(out);
    }

    private void begin(Outbox<SegmentsMessage> out) {
        byte[] content = next;
        if (content != null && !file.isBusy()) {
            next = null;
            underWay = asked;
            file.write(content, out);
        }
    }

    /** Sends a message when all that was asked to be written is durable. */
    void owe(NodeId to, SegmentsMessage message, Outbox<SegmentsMessage> out) {
        owe(to, message, null, out);
    }

    /** Likewise, and claims a fact. */
    void owe(NodeId to, SegmentsMessage message, @Nullable Fact fact, Outbox<SegmentsMessage> out) {
        owed.add(new Owed(asked, to, message, fact));
        settle(out);
    }

    private void settle(Outbox<SegmentsMessage> out) {
        while (!owed.isEmpty() && owed.element().after() <= written) {
            Owed due = owed.remove();
            if (due.fact() != null) {
                out.claim(due.fact());
            }
            out.send(due.to(), due.message());
        }
    }

    void onDisk(Event.OfDisk<?> event, Outbox<SegmentsMessage> out) {
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
