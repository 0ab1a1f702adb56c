package cairn.model.verbs;

import cairn.model.NodeId;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A change of a queue pair's state, with the attributes that it needs (ibv_modify_qp(3), reliable
 * connection). Attributes out of range throw here; a transition that the present state does not
 * allow throws in {@link Verbs#modify} and changes nothing.
 */
public sealed interface Transition {

    /** From any state: forgets everything, without completions. */
    record Reset() implements Transition {}

    /**
     * RESET to INIT.
     *
     * @param access what peers may do over this connection at most: REMOTE_READ, REMOTE_WRITE,
     *     REMOTE_ATOMIC, FLUSH_GLOBAL, FLUSH_PERSISTENT
     */
    record Initialise(int partitionKey, int port, Set<Access> access) implements Transition {
        public Initialise {
            check(partitionKey, 0, 0xFFFF, "partition key");
            check(port, 1, 255, "port");
            EnumSet<Access> rights = EnumSet.noneOf(Access.class);
            rights.addAll(access);
            access = Collections.unmodifiableSet(rights);
        }

        public Initialise(Set<Access> access) {
            this(0xFFFF, 1, access);
        }
    }

    /**
     * INIT to RTR.
     *
     * @param mtuBytes path MTU: 256, 512, 1024, 2048 or 4096
     * @param receivePsn the peer's first packet sequence number, 24 bits
     * @param maxInboundReads how many READs, atomics and FLUSHes of the peer may be outstanding
     * @param minRnrTimerCode how long the peer waits when no receive request is posted: a code of
     *     five bits; 0 is 655.36 ms, 1 is 0.01 ms, 12 is 0.64 ms (ibv_modify_qp(3))
     */
    record ReadyToReceive(
            NodeId peer,
            int peerQueuePair,
            int mtuBytes,
            int receivePsn,
            int maxInboundReads,
            int minRnrTimerCode)
            implements Transition {
        public ReadyToReceive {
            check(mtuBytes, 256, 4096, "MTU in bytes");
            if (Integer.bitCount(mtuBytes) != 1) {
                throw new IllegalArgumentException(
                        "MTU is 256, 512, 1024, 2048 or 4096 bytes: " + mtuBytes);
            }
            check(receivePsn, 0, 0xFFFFFF, "receive PSN");
            check(maxInboundReads, 0, 255, "inbound READs");
            check(minRnrTimerCode, 0, 31, "RNR timer code");
        }

        /** MTU 4096, 16 inbound READs, RNR timer 0.64 ms. */
        public ReadyToReceive(NodeId peer, int peerQueuePair, int receivePsn) {
            this(peer, peerQueuePair, 4096, receivePsn, 16, 12);
        }
    }

    /**
     * RTR to RTS.
     *
     * @param sendPsn the first packet sequence number, 24 bits; the peer's {@code receivePsn}
     * @param maxOutboundReads how many READs, atomics and FLUSHes may be outstanding
     * @param retryCount how often a lost packet is sent again before RETRY_EXC_ERR, 0 to 7
     * @param rnrRetryCount how often a "receiver not ready" is tried again, 0 to 6; 7 is for ever
     * @param timeoutExponent the time without an answer before a retry: 4.096 us times two to this
     *     power, 1 to 31; 0 is for ever
     */
    record ReadyToSend(
            int sendPsn,
            int maxOutboundReads,
            int retryCount,
            int rnrRetryCount,
            int timeoutExponent)
            implements Transition {
        public ReadyToSend {
            check(sendPsn, 0, 0xFFFFFF, "send PSN");
            check(maxOutboundReads, 0, 255, "outbound READs");
            check(retryCount, 0, 7, "retry count");
            check(rnrRetryCount, 0, 7, "RNR retry count");
            check(timeoutExponent, 0, 31, "timeout exponent");
        }

        /** 16 outbound READs, 7 retries, RNR for ever, timeout 67 ms. */
        public ReadyToSend(int sendPsn) {
            this(sendPsn, 16, 7, 7, 14);
        }
    }

    /** RTS to SQD. */
    record DrainSends() implements Transition {}

    /** SQD to RTS. */
    record ResumeSends() implements Transition {}

    /** From any state but RESET: flushes what is outstanding with WR_FLUSH_ERR. */
    record Fail() implements Transition {}

    private static void check(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " lies in [" + least + ", " + most + "]: " + value);
        }
    }
}
