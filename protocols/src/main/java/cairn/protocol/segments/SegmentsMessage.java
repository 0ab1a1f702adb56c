package cairn.protocol.segments;

import cairn.model.Message;
import cairn.part.name.Registration;
import cairn.part.register.RegisterMessage;
import cairn.part.replica.Copy;
import cairn.part.replica.ReplicaMessage;
import cairn.part.replica.Segment;

import java.util.List;

/**
 * What applications, checkpoint services, the agent and the global storage say to each other. Any
 * message may be lost, doubled and overtaken: each can be understood by itself, and is repeated
 * until its effect shows.
 */
public sealed interface SegmentsMessage extends Message {

    /** A header, a kind, a term and a number. */
    int FIXED_BYTES = 32;

    @Override
    default int bytes() {
        return FIXED_BYTES;
    }

    /** The application lives under a term; from its service to whoever watches. */
    record Alive(long term) implements ToHost {}

    // ---- from an application, or from who acts for one, to its checkpoint service

    /** To a checkpoint service that serves an application: from that, and from others. */
    sealed interface ToHost extends SegmentsMessage {}

    /** To a checkpoint service, from the application of its node. */
    sealed interface FromApplication extends ToHost {}

    /** From an application that has the name under a term. */
    sealed interface OfSession extends FromApplication {
        long term();
    }

    /**
     * The application's process lives, under a term if it has the name, else under zero.
     *
     * @param incarnation of the process
     */
    record Beat(long term, int incarnation) implements FromApplication {}

    /**
     * CS-1, CS-5: register the name for this node's application, and load what is stored under it,
     * if nobody registered it after a term. The agent sends it too.
     */
    record Register(long afterTerm) implements FromApplication {}

    /** CS-2: a segment goes to the storage that only this node reaches. */
    record Put(long term, Segment segment) implements OfSession {

        @Override
        public int bytes() {
            return FIXED_BYTES + segment.length();
        }
    }

    /**
     * All segments of a version were put.
     *
     * @param changed for each segment the version that last changed it
     */
    record Complete(long term, long version, List<Long> changed) implements OfSession {

        public Complete {
            changed = List.copyOf(changed);
        }

        @Override
        public int bytes() {
            return FIXED_BYTES + changed.size() * Long.BYTES;
        }
    }

    /** Does this application still have the name? */
    record Confirm(long term, long number) implements OfSession {}

    /** CS-13: the name is to be free, and nothing to be kept under it. */
    record Unregister(long term) implements FromApplication {}

    // ---- from a checkpoint service to the application of its node

    /** To an application, from the checkpoint service of its node. */
    sealed interface ToApplication extends SegmentsMessage {}

    /** To an application that has the name under a term. */
    sealed interface ToLeader extends ToApplication {
        long term();
    }

    /** The name was taken after that term, or is being taken. */
    record Denied(long term) implements ToApplication {}

    /** The name is this application's under a term, and this is what was stored under it. */
    record Loaded(int incarnation, Copy copy) implements ToApplication {

        @Override
        public int bytes() {
            return FIXED_BYTES + copy.length();
        }
    }

    /** The service started again, and knows the registration: put all segments again. */
    record Attached(long term) implements ToLeader {}

    /** The name is another's, under a later term. */
    record Deposed(long term) implements ToApplication {}

    /** A version is in the node's own storage. */
    record Stored(long term, long version) implements ToLeader {}

    /** A version is held by as many nodes as there are to be. */
    record Safe(long term, long version) implements ToLeader {}

    /** This application had the name when it asked. */
    record Confirmed(long term, long number) implements ToLeader {}

    // ---- about copies, among services and the global storage

    /** About copies, from or to a holder of them. */
    record OfReplicas(ReplicaMessage carried) implements SegmentsMessage, ReplicaMessage.Carrier {
        @Override
        public int bytes() {
            return carried.bytes();
        }

        /** As what it carries: timelines are about that. */
        @Override
        public String toString() {
            return carried.toString();
        }
    }

    // ---- about the name, among services

    /** CS-10: to a service, one of those that decide about the name by majority. */
    record OfRegister(RegisterMessage<Registration> said) implements SegmentsMessage {
        @Override
        public int bytes() {
            Registration value = said.value();
            return FIXED_BYTES + (value == null ? 0 : value.bytes());
        }
    }
}
