package cairn.model;

import cairn.model.fault.Fault;
import cairn.model.memory.PageDigests;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.verbs.RemoteAccess;

/**
 * What a driver saw happen, or heard claimed. Times are virtual nanoseconds since the start of the
 * run.
 */
public sealed interface Observation {

    long at();

    /** A process started. */
    record Booted(long at, NodeId node, int incarnation) implements Observation {}

    /** A process ended, by a fault or by itself. */
    record Ended(long at, NodeId node, int incarnation, String reason) implements Observation {}

    /**
     * A process claimed a fact.
     *
     * @param memoryDigest the digest of the claimant's paged memory, for {@link Fact.Cut} and
     *     {@link Fact.Resumed}, and for receipts where {@link Fact.Logged} was claimed before; else
     *     zero
     * @param pages the same for each of its pages, as far as they are compared
     */
    record Claimed(
            long at, NodeId node, int incarnation, Fact fact, long memoryDigest, PageDigests pages)
            implements Observation {

        /** A claim that says nothing of single pages. */
        public Claimed(long at, NodeId node, int incarnation, Fact fact, long memoryDigest) {
            this(at, node, incarnation, fact, memoryDigest, PageDigests.NONE);
        }
    }

    /**
     * A client wanted something.
     *
     * @param intendedAt when it should have been asked by the workload's schedule: in an open loop
     *     before {@code at}, if the client was still busy
     */
    record Invoked(long at, long intendedAt, Request request) implements Observation {}

    /** A client learned the result; repeats of the answer are not observed. */
    record Answered(long at, Response response) implements Observation {}

    /** A server let an output go. */
    record Released(long at, NodeId node, int incarnation, Response response)
            implements Observation {}

    /** A remote operation met a machine's memory, and was carried out or refused. */
    record Accessed(long at, RemoteAccess access) implements Observation {}

    /** A fault struck. */
    record Struck(long at, Fault fault) implements Observation {}

    /** A fault was healed. */
    record Healed(long at, Fault fault) implements Observation {}
}
