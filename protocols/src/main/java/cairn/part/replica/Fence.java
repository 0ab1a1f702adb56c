package cairn.part.replica;

import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Journal;

import org.jspecify.annotations.Nullable;

/**
 * The newest term that a place has heard of, and the identity of its disk, in a file. What the
 * place says of either is sent when it is durable.
 */
final class Fence<M extends Message> {

    private final ReplicaRules rules;
    private final boolean keepsIdentity;
    private final NodeId self;
    private final Journal<M> journal;
    private int identity;
    private long term;
    private long stated;

    Fence(Replicas<M> replicas, NodeId self, long firstToken) {
        rules = replicas.rules();
        // What had been received only is gone when it starts again: then it is another member.
        keepsIdentity = replicas.settings().durable();
        this.self = self;
        long retryNanos = replicas.settings().heartbeatNanos();
        journal = new Journal<>("fence", firstToken, retryNanos, this::recall);
    }

    void boot(int incarnation, Outbox<M> out) {
        identity = incarnation;
        journal.boot(out);
    }

    Journal<M> journal() {
        return journal;
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

    private void keep(Outbox<M> out) {
        journal.write(new ByteWriter().number(identity).number(term), out);
    }

    private void recall(@Nullable ByteReader content, Outbox<M> out) {
        if (content == null) {
            keep(out);
            return;
        }
        int kept = content.count();
        identity = keepsIdentity ? kept : identity;
        stored(content.number());
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
    void commit(Outbox<M> out) {
        stated = term;
        keep(out);
    }

    /** Sends the answer to who raised the term, when that is durable. */
    void oweRaised(long heard, NodeId to, M message, Outbox<M> out) {
        journal.owe(to, message, new Fact.Managing(self, heard), out);
    }
}
