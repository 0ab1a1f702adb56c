package cairn.model;

import cairn.model.verbs.Access;

import java.util.List;
import java.util.Set;

/**
 * What a protocol claims. The driver adds when, who, and the digest of the claimant's memory at
 * that instant; properties hold claims against what happened.
 */
public sealed interface Fact {

    /** The claimant's memory is now the content of a checkpoint. */
    record Cut(Epoch epoch) implements Fact {}

    /**
     * A checkpoint is complete at its store.
     *
     * @param needs the oldest checkpoint that a restore of this one reads: itself for a full one,
     *     its base for a delta
     */
    record Sealed(Epoch epoch, Epoch needs) implements Fact {}

    /** A checkpoint is safe as the protocol promises: the client of the protocol was told so. */
    record Acknowledged(Epoch epoch) implements Fact {}

    /**
     * The stored data of a checkpoint was given up; claimed for each sealed checkpoint before its
     * place is written again.
     */
    record Discarded(Epoch epoch) implements Fact {}

    /**
     * The claimant's memory is now restored, from a checkpoint or, with {@link Epoch#ZERO}, from
     * nothing.
     */
    record Resumed(Epoch epoch) implements Fact {}

    /** A request was executed on the claimant's memory. */
    record Applied(NodeId client, long number) implements Fact {}

    /** The claimant acts as the one primary under a term, from now on. */
    record Leading(long term) implements Fact {}

    /** The claimant no longer acts as primary. */
    record SteppedDown(long term) implements Fact {}

    /**
     * A resource was laid out at a range of a store's memory; claimed once that is durable there,
     * before anybody is granted access. A manager that finds it so when it takes over claims it
     * again.
     */
    record Laid(NodeId store, String resource, long address, long length) implements Fact {}

    /** A resource was deleted, or is about to be laid out elsewhere. */
    record Removed(NodeId store, String resource) implements Fact {}

    /**
     * A holder may access a resource from now on, under a term; terms of one resource never go
     * down.
     */
    record Granted(NodeId store, String resource, NodeId holder, Set<Access> rights, long term)
            implements Fact {}

    /** A holder may no longer access a resource. */
    record Revoked(NodeId store, String resource, NodeId holder) implements Fact {}

    /** A requester proved who it is. */
    record Authenticated(NodeId store, NodeId requester) implements Fact {}

    /** The directory of a store as its keeper reads it when it starts. */
    record Directory(NodeId store, List<Entry> entries) implements Fact {
        public Directory {
            entries = List.copyOf(entries);
        }
    }

    /** The manager of a store under a term; a store obeys the highest term that it has seen. */
    record Managing(NodeId store, long term) implements Fact {}

    /** A store carried out a command that was given under a manager's term. */
    record Obeyed(NodeId store, long term) implements Fact {}

    /** What the claimant does from now on, for the account of time. */
    record Doing(Activity activity) implements Fact {}

    /** One entry of a directory. */
    record Entry(String resource, long address, long length) {}
}
