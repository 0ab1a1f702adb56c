package cairn.model;

import cairn.model.verbs.Access;

import java.util.List;
import java.util.Set;

/**
 * What a protocol claims. The driver adds when, who, and the digest of the claimant's memory at
 * that instant; properties hold claims against what happened.
 *
 * <p>Where a fact names a process, that is the protected application's: zero for a service, whoever
 * is its primary, and the rank for a computation, wherever it runs.
 */
public sealed interface Fact {

    /** The claimant's memory is now the content of a checkpoint. */
    record Cut(int process, Epoch epoch) implements Fact {
        /** A cut of a service. */
        public Cut(Epoch epoch) {
            this(0, epoch);
        }
    }

    /**
     * A checkpoint is complete at its store.
     *
     * @param needs the oldest checkpoint that a restore of this one reads: itself for a full one,
     *     its base for a delta
     */
    record Sealed(int process, Epoch epoch, Epoch needs) implements Fact {
        /** A checkpoint of a service. */
        public Sealed(Epoch epoch, Epoch needs) {
            this(0, epoch, needs);
        }
    }

    /**
     * A checkpoint is safe as the protocol promises: the client of the protocol was told so. The
     * claimant is where the process runs.
     */
    record Acknowledged(int process, Epoch epoch) implements Fact {
        /** A checkpoint of a service. */
        public Acknowledged(Epoch epoch) {
            this(0, epoch);
        }
    }

    /**
     * The stored data of a checkpoint was given up; claimed for each sealed checkpoint before its
     * place is written again.
     */
    record Discarded(int process, Epoch epoch) implements Fact {
        /** A checkpoint of a service. */
        public Discarded(Epoch epoch) {
            this(0, epoch);
        }
    }

    /**
     * So much of something the claimant keeps beside checkpoints, such as files of a log or copies
     * of pages; claimed when a checkpoint ought to have made it less. What it may come to at the
     * most is part of the promise, under the same name.
     */
    record Retained(int process, String what, long amount) implements Fact {}

    /**
     * The claimant's memory is now restored, from a checkpoint or, with {@link Epoch#ZERO}, from
     * nothing.
     */
    record Resumed(int process, Epoch epoch) implements Fact {
        /** A service. */
        public Resumed(Epoch epoch) {
            this(0, epoch);
        }
    }

    /**
     * A process goes on at the claimant where it was at a cut elsewhere, and its memory follows it.
     * Where the memory is there first, it has {@link Resumed} instead.
     */
    record Moved(int process, Epoch epoch) implements Fact {}

    /**
     * All of a process that was moved at a cut is at the claimant, and nothing of it is needed
     * where it was.
     *
     * @param rounds how often pages were sent while it ran
     * @param bytes what was sent for it over the network in all, repeats included
     * @param fetched pages that it had to wait for after it went on
     */
    record Migrated(int process, Epoch epoch, int rounds, long bytes, long fetched)
            implements Fact {}

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

    /**
     * The directory of a store as its keeper reads it when it starts; without entries if it cannot
     * be read.
     *
     * @param from the first address that may be laid out
     * @param to the first one after these
     */
    record Directory(NodeId store, long from, long to, List<Entry> entries) implements Fact {
        public Directory {
            entries = List.copyOf(entries);
        }
    }

    /** The manager of a store under a term; a store obeys the highest term that it has seen. */
    record Managing(NodeId store, long term) implements Fact {}

    /** A store carried out a command that was given under a manager's term. */
    record Obeyed(NodeId store, long term) implements Fact {}

    /**
     * A name belongs to a holder from now on, under a term; nobody else ever had it, or will have
     * it, under the same one.
     */
    record Registered(String name, NodeId holder, long term) implements Fact {}

    /**
     * The claimant holds a full copy of this version of what goes by a name, and of no other;
     * {@link Epoch#ZERO} for none.
     *
     * @param digest of the memory that the copy is of, as it is now: two primaries may give one
     *     number to two contents; zero for none
     */
    record Held(String name, Epoch version, long digest) implements Fact {
        /** No copy. */
        public static Held nothing(String name) {
            return new Held(name, Epoch.ZERO, 0);
        }
    }

    /**
     * From now on so many nodes beside the claimant's hold a full copy of what is acknowledged of a
     * name; if one leaves, another takes its part within this time after the last fault.
     */
    record Pledged(String name, int degree, long withinNanos, long term) implements Fact {}

    /** What a process does from now on, for the account of time. */
    record Doing(int process, Activity activity) implements Fact {
        /** A service. */
        public Doing(Activity activity) {
            this(0, activity);
        }
    }

    /**
     * The ranks of a computation are about to go on from a line of checkpoints.
     *
     * @param epochs the checkpoint of each rank, in order; {@link Epoch#ZERO} for its beginning
     */
    record Line(List<Epoch> epochs) implements Fact {
        public Line {
            epochs = List.copyOf(epochs);
        }
    }

    /**
     * What decides the order of a rank's receipts is stable up to and with its how-manieth one,
     * inputs included, counted over its whole life: a replay repeats these as they were.
     */
    record Logged(int process, long receipts) implements Fact {}

    /**
     * What a rank did, as the one that executes it reports: a protocol does not claim these itself.
     */
    sealed interface OfRank extends Fact {
        int process();
    }

    /** A rank sent its how-manieth message to another. */
    record Sent(int process, int to, long number, long digest) implements OfRank {}

    /** A rank received a message: the how-manieth that its sender sent to it. */
    record Received(int process, int from, long number, long digest) implements OfRank {}

    /** A rank read its how-manieth input of the outside world, which counts as a receipt. */
    record Read(int process, long number, long value) implements OfRank {}

    /** A rank has an output for the outside world. */
    record Produced(int process, long number, long value) implements OfRank {}

    /** A rank came to its end. */
    record Finished(int process, long result) implements OfRank {}

    /** An output of a rank left: from now on the outside world has seen it. */
    record Emitted(int process, long number, long value) implements Fact {}

    /**
     * The protocol came to a place that a search ought to reach sometimes: a rare branch, named by
     * its author. Nothing is judged by it; searches count it and seek it.
     */
    record Reached(String place) implements Fact {}

    /** One entry of a directory. */
    record Entry(String resource, long address, long length) {}
}
