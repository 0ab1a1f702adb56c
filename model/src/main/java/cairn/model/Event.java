package cairn.model;

import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.storage.StorageError;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.WorkCompletion;

import java.util.List;

/**
 * What happens to a node. A switch over events has no {@code default}; an event that a role cannot
 * receive throws.
 */
public sealed interface Event<M extends Message> {

    /**
     * A message of the protocol arrived. It may be late, a duplicate, or from an earlier
     * incarnation of its origin.
     */
    record Delivered<M extends Message>(NodeId origin, M message) implements Event<M> {}

    /** An armed timer ran out, by the node's own clock. */
    record Fired<M extends Message>(long timer) implements Event<M> {}

    /** A client of the protected service asks. */
    record Asked<M extends Message>(Request request) implements Event<M> {}

    /** The service answered; only clients receive this. */
    record Answered<M extends Message>(Response response) implements Event<M> {}

    /** Work handed to another core is done. */
    record Computed<M extends Message>(long token) implements Event<M> {}

    /** What the node's RDMA network interface or persistent memory reports. */
    sealed interface OfNic<M extends Message> extends Event<M> {}

    /** A work request completed, with success or not. */
    record Completed<M extends Message>(WorkCompletion completion) implements OfNic<M> {}

    /**
     * The interface reports trouble beside completions; the handle is that of the queue concerned.
     */
    record Raised<M extends Message>(AsynchronousEvent event, int handle) implements OfNic<M> {}

    /** A range of this node's own persistent memory, flushed by its CPU, is durable. */
    record Persisted<M extends Message>(long token) implements OfNic<M> {}

    /** What the node's disk reports. */
    sealed interface OfDisk<M extends Message> extends Event<M> {
        long token();
    }

    /**
     * The disk says that it has done what was asked: for a sync, that the bytes are durable. Disks
     * lie.
     */
    record Stored<M extends Message>(long token) implements OfDisk<M> {}

    /** The content of a file; the array is the receiver's own. */
    @SuppressWarnings("ArrayRecordComponent")
    record Fetched<M extends Message>(long token, byte[] content) implements OfDisk<M> {

        /** Without the array's identity, which differs from run to run. */
        @Override
        public String toString() {
            return "Fetched[token=" + token + ", " + content.length + " B]";
        }
    }

    /** The names in the directory, in alphabetical order. */
    record Listed<M extends Message>(long token, List<String> names) implements OfDisk<M> {}

    /** The disk refused or failed. */
    record StoreFailed<M extends Message>(long token, StorageError error) implements OfDisk<M> {}
}
