package cairn.rdma;

import java.util.Arrays;

/**
 * A packet of the reliable connection transport. Never changed once transmitted, so a duplicate may
 * be the same object.
 *
 * <p>Wire sizes are those of RoCE v2: 62 bytes of Ethernet, IP, UDP and transport headers and
 * checksums, 16 of address and length where a message begins, 4 of acknowledgement or immediate, 28
 * of an atomic's operands.
 */
public final class Packet {

    /** What a packet is; requests first, responses after. */
    enum Kind {
        SEND,
        WRITE,
        READ_REQUEST,
        COMPARE_AND_SWAP,
        FETCH_AND_ADD,
        ATOMIC_WRITE,
        FLUSH,
        READ_RESPONSE,
        RESPONSE,
        ACKNOWLEDGE,
        REFUSE;

        boolean isRequest() {
            return switch (this) {
                case SEND,
                        WRITE,
                        READ_REQUEST,
                        COMPARE_AND_SWAP,
                        FETCH_AND_ADD,
                        ATOMIC_WRITE,
                        FLUSH ->
                        true;
                case READ_RESPONSE, RESPONSE, ACKNOWLEDGE, REFUSE -> false;
            };
        }
    }

    private static final int HEADERS = 62;
    private static final byte[] NOTHING = new byte[0];

    final Kind kind;
    final int queuePair;
    final int psn;
    boolean first = true;
    boolean last = true;
    boolean acknowledge;
    boolean immediatePresent;
    int immediate;
    int rkey;

    /** Where this packet's bytes belong in the peer's region. */
    long offset;

    /** The length of the whole message, of a READ, or of a FLUSH's range. */
    long total;

    byte[] payload = NOTHING;
    int payloadOffset;
    int payloadLength;

    /** What a FLUSH waits for, and whether it covers the whole region. */
    boolean persistent;

    boolean wholeRegion;

    /** Operands of an atomic; its result in a response. */
    long operand;

    long comparand;

    /** Why a request is refused, and the RNR timer's code. */
    Refusal refusal = Refusal.SEQUENCE;

    int rnrTimerCode;

    Packet(Kind kind, int queuePair, long psn) {
        this.kind = kind;
        this.queuePair = queuePair;
        this.psn = (int) psn & Psn.MASK;
    }

    /** The same packet with no more bytes than its own, to be carried to another process. */
    public Packet alone() {
        Packet copy = new Packet(kind, queuePair, psn);
        copy.first = first;
        copy.last = last;
        copy.acknowledge = acknowledge;
        copy.immediatePresent = immediatePresent;
        copy.immediate = immediate;
        copy.rkey = rkey;
        copy.offset = offset;
        copy.total = total;
        copy.payload = Arrays.copyOfRange(payload, payloadOffset, payloadOffset + payloadLength);
        copy.payloadLength = payloadLength;
        copy.persistent = persistent;
        copy.wholeRegion = wholeRegion;
        copy.operand = operand;
        copy.comparand = comparand;
        copy.refusal = refusal;
        copy.rnrTimerCode = rnrTimerCode;
        return copy;
    }

    /** Whether it asks its receiver for something, and does not answer it. */
    public boolean isRequest() {
        return kind.isRequest();
    }

    /** Bytes on the wire. */
    public int wireBytes() {
        return switch (kind) {
            case SEND -> HEADERS + payloadLength;
            case WRITE ->
                    HEADERS + (first ? 16 : 0) + (last && immediatePresent ? 4 : 0) + payloadLength;
            case READ_REQUEST -> HEADERS + 16;
            case COMPARE_AND_SWAP, FETCH_AND_ADD -> HEADERS + 28;
            case ATOMIC_WRITE -> HEADERS + 24;
            case FLUSH -> HEADERS + 20;
            case READ_RESPONSE -> HEADERS + 4 + payloadLength;
            case RESPONSE -> HEADERS + 12;
            case ACKNOWLEDGE, REFUSE -> HEADERS + 4;
        };
    }

    @Override
    public String toString() {
        return kind
                + " to queue pair "
                + queuePair
                + " psn "
                + psn
                + (payloadLength > 0 ? " " + payloadLength + " B" : "");
    }
}
