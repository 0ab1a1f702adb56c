package cairn.rdma;

import cairn.model.NodeId;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.WorkCompletion;

import java.util.List;

/** What the queue pairs of one adapter share. */
final class Adapter {

    private final NodeId node;
    private final RdmaCosts costs;
    private final Host host;
    private final ProtectionTable table;
    private final MachineMemory memory;
    private final Nic nic;
    private final Region nothing = new Region(0, MemoryKind.DRAM, 0, List.of());

    Adapter(
            NodeId node,
            RdmaCosts costs,
            Host host,
            ProtectionTable table,
            MachineMemory memory,
            Nic nic) {
        this.node = node;
        this.costs = costs;
        this.host = host;
        this.table = table;
        this.memory = memory;
        this.nic = nic;
    }

    NodeId node() {
        return node;
    }

    RdmaCosts costs() {
        return costs;
    }

    Host host() {
        return host;
    }

    ProtectionTable table() {
        return table;
    }

    MachineMemory memory() {
        return memory;
    }

    /** What an access of no bytes reaches: its key is not looked at. */
    Region nothing() {
        return nothing;
    }

    void transmit(QueuePair pair, Packet packet) {
        host.transmit(pair.peer(), packet, packet.wireBytes());
    }

    /**
     * Puts a completion into its queue; one too many breaks the queue and fails every queue pair
     * that uses it.
     */
    void complete(CompletionQueue queue, WorkCompletion completion) {
        boolean broken = queue.isOverrun();
        if (queue.add(completion)) {
            host.completed(queue.number(), completion);
        } else if (!broken) {
            host.raised(AsynchronousEvent.COMPLETION_QUEUE_ERROR, queue.number());
            nic.failUsersOf(queue);
        }
    }
}
