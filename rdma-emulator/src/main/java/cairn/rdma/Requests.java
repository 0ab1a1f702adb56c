package cairn.rdma;

import cairn.model.verbs.FlushLevel;
import cairn.model.verbs.FlushType;
import cairn.model.verbs.Payload;
import cairn.model.verbs.RemoteAddress;
import cairn.model.verbs.WorkRequest;

import org.jspecify.annotations.Nullable;

/** What work requests carry, and their packets. */
final class Requests {

    private Requests() {}

    /** The bytes that a request moves in packets: those that it carries, or those that it reads. */
    static long transferred(WorkRequest request) {
        if (request instanceof WorkRequest.Read read) {
            return read.length();
        }
        Payload payload = payload(request);
        return payload == null ? 0 : payload.length();
    }

    /** What a request carries; {@code null} if nothing. */
    static @Nullable Payload payload(WorkRequest request) {
        return switch (request) {
            case WorkRequest.Send send -> send.payload();
            case WorkRequest.Write write -> write.payload();
            case WorkRequest.WriteWithImmediate write -> write.payload();
            case WorkRequest.Read _,
                    WorkRequest.CompareAndSwap _,
                    WorkRequest.FetchAndAdd _,
                    WorkRequest.AtomicWrite _,
                    WorkRequest.Flush _ ->
                    null;
        };
    }

    /** Whether a request completes by an answer of its own, not by an acknowledgement. */
    static boolean isAnswered(WorkRequest request) {
        return payload(request) == null;
    }

    /** The packet of a request that comes after {@code part} others of it. */
    static Packet packet(
            WorkRequest request, QueuePair pair, Adapter adapter, long psn, int part, int parts) {
        return switch (request) {
            case WorkRequest.Send send ->
                    carrying(
                            new Packet(Packet.Kind.SEND, pair.peerNumber(), psn),
                            send.payload(),
                            pair,
                            adapter,
                            part,
                            parts);
            case WorkRequest.Write write ->
                    writing(write.payload(), write.target(), pair, adapter, psn, part, parts);
            case WorkRequest.WriteWithImmediate write -> {
                Packet packet =
                        writing(write.payload(), write.target(), pair, adapter, psn, part, parts);
                packet.immediatePresent = true;
                packet.immediate = write.immediate();
                yield packet;
            }
            case WorkRequest.Read read -> {
                // After a loss only what is still missing is asked for.
                Packet packet = to(Packet.Kind.READ_REQUEST, read.source(), pair, psn);
                long done = (long) part * pair.mtu();
                packet.offset += done;
                packet.total = read.length() - done;
                yield packet;
            }
            case WorkRequest.CompareAndSwap swap -> {
                Packet packet = to(Packet.Kind.COMPARE_AND_SWAP, swap.target(), pair, psn);
                packet.comparand = swap.expected();
                packet.operand = swap.replacement();
                packet.total = 8;
                yield packet;
            }
            case WorkRequest.FetchAndAdd add -> {
                Packet packet = to(Packet.Kind.FETCH_AND_ADD, add.target(), pair, psn);
                packet.operand = add.addend();
                packet.total = 8;
                yield packet;
            }
            case WorkRequest.AtomicWrite write -> {
                Packet packet = to(Packet.Kind.ATOMIC_WRITE, write.target(), pair, psn);
                packet.operand = write.value();
                packet.total = 8;
                yield packet;
            }
            case WorkRequest.Flush flush -> {
                Packet packet = to(Packet.Kind.FLUSH, flush.target(), pair, psn);
                packet.persistent = flush.type() == FlushType.PERSISTENT;
                packet.wholeRegion = flush.level() == FlushLevel.MEMORY_REGION;
                packet.total = flush.length();
                yield packet;
            }
        };
    }

    private static Packet to(Packet.Kind kind, RemoteAddress target, QueuePair pair, long psn) {
        Packet packet = new Packet(kind, pair.peerNumber(), psn);
        packet.rkey = target.rkey();
        packet.offset = target.offset();
        return packet;
    }

    private static Packet writing(
            Payload payload,
            RemoteAddress target,
            QueuePair pair,
            Adapter adapter,
            long psn,
            int part,
            int parts) {
        Packet packet = to(Packet.Kind.WRITE, target, pair, psn);
        packet.offset += (long) part * pair.mtu();
        return carrying(packet, payload, pair, adapter, part, parts);
    }

    private static Packet carrying(
            Packet packet, Payload payload, QueuePair pair, Adapter adapter, int part, int parts) {
        int from = part * pair.mtu();
        packet.first = part == 0;
        packet.last = part == parts - 1;
        packet.total = payload.length();
        packet.payloadLength = Math.min(pair.mtu(), payload.length() - from);
        switch (payload) {
            case Payload.Inline(byte[] bytes) -> {
                packet.payload = bytes;
                packet.payloadOffset = from;
            }
            case Payload.Gather(var slices) -> {
                packet.payload = new byte[packet.payloadLength];
                adapter.memory().gather(slices, from, packet.payload, 0, packet.payloadLength);
            }
        }
        return packet;
    }
}
