package cairn.model;

import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;
import cairn.model.memory.PersistentMemoryPort;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.storage.Disk;
import cairn.model.verbs.Verbs;

/**
 * The effects of a node. The simulator carries them out in virtual time, the cluster with real
 * messages, files and clocks.
 *
 * <p><b>Order.</b> Effects take place in the order in which they are asked for. An effect asked for
 * after {@link #spend} starts after that time. Nothing is durable until its completion event says
 * so, and then only as durable as that event promises. Messages may be lost, doubled and overtaken.
 * If the process crashes, effects already asked for may or may not take place.
 */
public interface Outbox<M extends Message> {

    /** What the outside world may say. */
    Law INPUTS = new Law.Pick(1L << 32);

    /** Sends a message of the protocol; to oneself too. */
    void send(NodeId to, M message);

    /** Makes a timer run out after a delay by the node's own clock; arming it again moves it. */
    void arm(long timer, long delayNanos);

    /** Stops a timer; without effect if it is not armed. */
    void disarm(long timer);

    /** Releases an output to a client: from now on the outside world has seen it. */
    void answer(Response response);

    /**
     * Asks a server of the protected service; only clients do.
     *
     * @param lateNanos how long ago the workload's schedule wanted this request: zero unless the
     *     client was still busy
     */
    void ask(NodeId server, Request request, long lateNanos);

    /** Claims a fact, to be judged. */
    void claim(Fact fact);

    /** Occupies the node's event loop: later effects and events wait. */
    void spend(long nanos);

    /** Hands work to another core; {@link Event.Computed} follows when it is done. */
    void compute(long token, long nanos);

    /**
     * Takes work off its core, or out of the queue for one, before it is done: {@link
     * Event.Computed} does not follow. What waits behind it for the same core begins when it would
     * have.
     *
     * @return how many nanoseconds of it were left; zero if it is done, so that {@link
     *     Event.Computed} is on its way or was handled already
     */
    long interrupt(long token);

    /** Ends the process; it restarts like one that crashed. */
    void halt(String reason);

    /**
     * The node's own clock in nanoseconds: skewed, drifting and jumping, fit for leases and
     * intervals only.
     */
    long clockNanos();

    /**
     * After how long a silence that begins now somebody counts as failed, in nanoseconds: as the
     * protocol is set up, unless this place has a failure detector that takes its own time. A
     * suspicion may be wrong either way.
     */
    default long detectionNanos(long setUpNanos) {
        return setUpNanos;
    }

    /** The node's own dice. The name is unique in the node; ask for it once, at boot. */
    Choice choice(String name, Law law);

    /**
     * Reads the outside world. What it said cannot be asked for again, by another life of the
     * process neither.
     */
    long input();

    /** The process's volatile memory, zero at boot: the application's state. */
    PagedMemory memory();

    /**
     * Plain volatile memory for network buffers, zero at boot. In the machine's DRAM addresses, as
     * the RDMA interface registers them, it follows {@link #memory()}: its first byte has the
     * address {@code memory().size()}.
     */
    Memory buffers();

    /** The machine's persistent memory. */
    PersistentMemoryPort persistentMemory();

    /** The machine's RDMA network interface. */
    Verbs verbs();

    /** The machine's disk. */
    Disk disk();
}
