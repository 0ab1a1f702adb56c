package cairn.rdma;

import cairn.model.NodeId;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.RemoteAccess;
import cairn.model.verbs.WorkCompletion;

/**
 * What an adapter needs of the machine and the network around it. Every call returns at once and
 * must not call back into the adapter before it returns.
 */
public interface Host {

    /** Virtual time in nanoseconds. */
    long now();

    /**
     * Carries a packet to {@link Nic#receive} of another machine (or of the same one). It may lose,
     * delay, duplicate and reorder; a packet that was corrupted on the way is lost, because its
     * checksum says so. The time it takes is {@link RdmaCosts#packetNanos} of {@code wireBytes}.
     */
    void transmit(NodeId to, Packet packet, int wireBytes);

    /**
     * Calls {@link Nic#fired} with the same number after a delay. Timers are never cancelled; a
     * stale one is harmless.
     */
    void after(long delayNanos, long timer);

    /**
     * A completion was put into a completion queue. It occupies its place until {@link Nic#poll}
     * takes it: a host that hands completions to a node as events polls when it hands one over.
     */
    void completed(int completionQueue, WorkCompletion completion);

    /** Something happened beside completions. */
    void raised(AsynchronousEvent event, int handle);

    /** This machine's adapter decided a remote access. */
    void observed(RemoteAccess access);
}
