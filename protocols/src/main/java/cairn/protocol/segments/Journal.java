package cairn.protocol.segments;

import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.StableFile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * What a place must not forget, in a file; messages that rely on it leave when it is durable. Of
 * contents that are asked for while one is written only the last is written.
 */
final class Journal {

    private final StableFile file;
    private final ArrayDeque<Owed> owed = new ArrayDeque<>();
    private byte @Nullable [] next;
    private long asked;
    private long underWay;
    private long written;

    /** A message that waits until so many contents are durable, and what is then true. */
    private record Owed(long after, NodeId to, SegmentsMessage message, @Nullable Fact fact) {}

    Journal(StableFile file) {
        this.file = file;
    }

    boolean owns(long token) {
        return file.owns(token);
    }

    void read(Outbox<SegmentsMessage> out) {
        file.read(out);
    }

    byte[] content() {
        return file.content();
    }

    void fired(Outbox<SegmentsMessage> out) {
        file.fired(out);
    }

    void write(byte[] content, Outbox<SegmentsMessage> out) {
        next = content;
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

    StableFile.Progress on(Event.OfDisk<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
        StableFile.Progress progress = file.on(event, out);
        if (progress == StableFile.Progress.WRITTEN) {
            written = underWay;
            settle(out);
            begin(out);
        }
        return progress;
    }
}
