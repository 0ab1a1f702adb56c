package cairn.protocol.segments;

import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.StableFile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The newest term that a place has heard of, and the identity of its disk, in a file. What the
 * place says of either is sent when it is durable.
 */
final class Fence {

    private static final int BYTES = 2 * Long.BYTES + Seal.BYTES;

    private final Rules rules;
    private final boolean keepsIdentity;
    private final NodeId self;
    private final Journal journal;
    private int identity;
    private boolean ready;
    private long term;
    private long stated;

    /**
     * A fence.
     *
     * @param keepsIdentity whether a place that starts again still is who it was
     */
    Fence(Rules rules, boolean keepsIdentity, NodeId self, long firstToken, long retryNanos) {
        this.rules = rules;
        this.keepsIdentity = keepsIdentity;
        this.self = self;
        journal = new Journal(new StableFile("fence", firstToken, retryNanos));
    }

    void boot(int incarnation, Outbox<SegmentsMessage> out) {
        identity = incarnation;
        journal.read(out);
    }

    boolean isReady() {
        return ready;
    }

    int identity() {
        return identity;
    }

    /** The newest term, whether or not that is durable. */
    long term() {
        return term;
    }

    /** The newest term that messages may tell of, since they leave when it is durable. */
    long stated() {
        return stated;
    }

    boolean owns(long token) {
        return journal.owns(token);
    }

    void fired(Outbox<SegmentsMessage> out) {
        journal.fired(out);
    }

    void onDisk(Event.OfDisk<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
        switch (journal.on(event, out)) {
            case ABSENT -> {
                ready = true;
                keep(out);
            }
            case READ -> {
                ready = true;
                recall(journal.content(), out);
            }
            case BROKEN -> out.halt("its disk failed");
            case WRITTEN, UNDER_WAY -> {
                // What is owed has left.
            }
        }
    }

    private void keep(Outbox<SegmentsMessage> out) {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(identity).putLong(term);
        journal.write(Seal.close(buffer.array()), out);
    }

    private void recall(byte[] content, Outbox<SegmentsMessage> out) {
        if (!Seal.isWhole(content)) {
            out.halt("its fence is damaged");
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (keepsIdentity) {
            identity = (int) buffer.getLong(0);
        }
        stored(buffer.getLong(Long.BYTES));
    }

    /** A copy of a term is there, and the term with it. */
    void stored(long ofTerm) {
        term = Math.max(term, ofTerm);
        stated = Math.max(stated, ofTerm);
    }

    /** Whether it would change if it heard of a term. */
    boolean isRaisedBy(long heard) {
        return rules.fence(term, heard) != term;
    }

    /** From now on nothing is stored under an earlier term; it is not told of yet. */
    void hear(long heard) {
        term = rules.fence(term, heard);
    }

    /** Makes the term durable; messages from now on tell of it, and so wait for that. */
    void commit(Outbox<SegmentsMessage> out) {
        stated = term;
        keep(out);
    }

    /** Sends the answer to who raised the term, when that is durable. */
    void oweRaised(long heard, NodeId to, SegmentsMessage message, Outbox<SegmentsMessage> out) {
        journal.owe(to, message, new Fact.Managing(self, heard), out);
    }

    void owe(NodeId to, SegmentsMessage message, Outbox<SegmentsMessage> out) {
        journal.owe(to, message, out);
    }
}
