package cairn.rdma;

import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.RemoteAccess;

/**
 * What a responder tells its host of each access that it decided: whose it was, of which bytes,
 * whether it was applied, and how many bytes moved meanwhile. Whoever is refused must have moved
 * none, and only here can that be seen.
 */
final class AuditTrail {

    private final QueuePair pair;
    private final Adapter adapter;
    private long movedBefore;

    AuditTrail(QueuePair pair, Adapter adapter) {
        this.pair = pair;
        this.adapter = adapter;
    }

    /** The next access is about to be decided: what moves from now on moves because of it. */
    void begin() {
        movedBefore = adapter.memory().moved();
    }

    /** It was applied to a range of a region, which is told of by physical pieces. */
    void applied(Packet packet, Region region, long offset, long length) {
        for (long done = 0; done < length; ) {
            long run = region.run(offset + done, length - done);
            tell(
                    packet,
                    region.kind(),
                    region.physical(offset + done),
                    run,
                    CompletionStatus.SUCCESS);
            done += run;
        }
    }

    /** It was refused: told of by the offset that it asked for. */
    void refused(Packet packet, Refusal refusal) {
        Region named = adapter.table().named(packet.rkey);
        tell(
                packet,
                named == null ? MemoryKind.DRAM : named.kind(),
                packet.offset,
                packet.kind == Packet.Kind.WRITE ? packet.payloadLength : packet.total,
                refusal.status());
    }

    private void tell(
            Packet packet, MemoryKind kind, long address, long length, CompletionStatus status) {
        adapter.host()
                .observed(
                        new RemoteAccess(
                                pair.peer(),
                                adapter.node(),
                                pair.number(),
                                packet.rkey,
                                operation(packet),
                                kind,
                                address,
                                length,
                                status,
                                adapter.memory().moved() - movedBefore));
    }

    private static Opcode operation(Packet packet) {
        return switch (packet.kind) {
            case SEND -> Opcode.SEND;
            case WRITE -> packet.immediatePresent ? Opcode.WRITE_WITH_IMMEDIATE : Opcode.WRITE;
            case READ_REQUEST -> Opcode.READ;
            case COMPARE_AND_SWAP -> Opcode.COMPARE_AND_SWAP;
            case FETCH_AND_ADD -> Opcode.FETCH_AND_ADD;
            case ATOMIC_WRITE -> Opcode.ATOMIC_WRITE;
            case FLUSH -> Opcode.FLUSH;
            case READ_RESPONSE, RESPONSE, ACKNOWLEDGE, REFUSE -> Opcode.UNDEFINED;
        };
    }
}
