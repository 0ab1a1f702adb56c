package cairn.model.verbs;

import cairn.model.NodeId;

/**
 * One remote operation, or one packet of it, as the adapter of the target decided it. The
 * properties AUTH and FENCE are folds over these.
 *
 * @param queuePair the target's queue pair
 * @param key the rkey that was presented
 * @param kind the memory that the key names; DRAM when the key names none
 * @param address the first physical byte when applied; when refused, the offset that was asked for
 * @param length in bytes; a range that is scattered physically is reported piece by piece
 * @param status SUCCESS when applied; otherwise why it was refused
 * @param moved bytes of memory that were read or stored while the adapter decided, as the memory
 *     counts them; those of a READ move later
 */
public record RemoteAccess(
        NodeId requester,
        NodeId target,
        int queuePair,
        int key,
        Opcode operation,
        MemoryKind kind,
        long address,
        long length,
        CompletionStatus status,
        long moved) {

    public boolean applied() {
        return status == CompletionStatus.SUCCESS;
    }
}
