package cairn.rdma;

import cairn.model.NodeId;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.WorkCompletion;

/** What the queue pairs of one adapter share. */
final class Adapter {

    final NodeId node;
    final RdmaCosts costs;
    final Host host;
    final ProtectionTable table;
    final MachineMemory memory;
    private final Nic nic;

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
