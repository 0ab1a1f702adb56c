package cairn.rdma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.verbs.Access;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.Capacities;
import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.Extent;
import cairn.model.verbs.FlushLevel;
import cairn.model.verbs.FlushType;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.Payload;
import cairn.model.verbs.QueuePairState;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.RemoteAddress;
import cairn.model.verbs.Transition;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;

final class ConnectionTest {

    private static final byte[] ABC = {1, 2, 3};

    private static Fabric fabric() {
        return Fabric.connected(Platform.DIRECT_WRITE, Fabric.CALM);
    }

    private static Fabric limited(int mtu, int inbound, Transition.ReadyToSend sends, int depth) {
        Fabric fabric = new Fabric(Platform.DIRECT_WRITE, Fabric.CALM);
        fabric.connect(
                EnumSet.allOf(Access.class),
                new Transition.ReadyToReceive(fabric.server.id, 1, mtu, 77, inbound, 12),
                sends,
                Capacities.DEFAULT,
                depth);
        return fabric;
    }

    private static void assertFirst(Fabric fabric, CompletionStatus status) {
        assertEquals(status, fabric.client.completions.getFirst().status());
    }

    @Test
    void aWriteLandsExactlyAtAnyAlignment() {
        for (int length : new int[] {1, 7, 63, 64, 65, 4095, 4096, 4097, 20_000}) {
            Fabric fabric = fabric();
            byte[] bytes = Fabric.pattern(length, length);
            fabric.post(fabric.write(9, bytes, 4093));
            fabric.run();
            assertEquals(
                    List.of(new WorkCompletion(9, CompletionStatus.SUCCESS, Opcode.WRITE, 1, 0, 0)),
                    fabric.client.completions);
            byte[] around = fabric.serverBytes(4092, length + 2);
            byte[] expected = new byte[length + 2];
            System.arraycopy(bytes, 0, expected, 1, length);
            assertArrayEquals(expected, around, "length " + length);
        }
    }

    @Test
    void aSmallInlineWriteNeedsTwoPacketsAndNoTimerBeforeItsCompletion() {
        Fabric fabric = fabric();
        fabric.post(new WorkRequest.Write(1, Payload.inline(ABC), fabric.remoteAt(0)));
        fabric.run();
        assertEquals(2, fabric.packets);
    }

    @Test
    void aMessageLongerThanTheWindowIsCutIntoPacketsAndArrivesWhole() {
        Fabric fabric = limited(256, 16, new Transition.ReadyToSend(5), 256);
        byte[] bytes = Fabric.pattern(150_000, 3);
        fabric.post(fabric.write(1, bytes, 10));
        fabric.run();
        assertFirst(fabric, CompletionStatus.SUCCESS);
        assertArrayEquals(bytes, fabric.serverBytes(10, bytes.length));
    }

    @Test
    void aReadFetchesWhatAnEarlierWriteOfItsConnectionLeftInTheBuffers() {
        Fabric fabric = fabric();
        byte[] bytes = Fabric.pattern(9000, 4);
        fabric.post(fabric.write(1, bytes, 3));
        fabric.post(new WorkRequest.Read(2, fabric.localAt(300_000, 9000), fabric.remoteAt(3)));
        fabric.run();
        byte[] read = new byte[9000];
        fabric.client.dram.read(300_000, read, 0, 9000);
        assertArrayEquals(bytes, read);
        assertEquals(9000, fabric.client.completions.get(1).bytes());
    }

    @Test
    void aLaterWriteMayOvertakeAReadUnlessItIsFenced() {
        for (boolean fence : new boolean[] {false, true}) {
            Fabric fabric =
                    new Fabric(
                            Platform.DIRECT_WRITE,
                            (choice, count) ->
                                    choice.name().endsWith("residence")
                                            ? 500
                                            : choice.law().calm());
            fabric.connect(EnumSet.allOf(Access.class), new Transition.ReadyToSend(0));
            fabric.post(new WorkRequest.Read(1, fabric.localAt(1000, 3), fabric.remoteAt(0)));
            fabric.post(
                    new WorkRequest.Write(2, Payload.inline(ABC), fabric.remoteAt(0), true, fence));
            fabric.run();
            assertEquals(fence ? 0 : 1, fabric.client.dram.bytes[1000], "fence " + fence);
        }
    }

    @Test
    void sendsConsumeReceivesInOrderAndWriteWithImmediateGivesItsNumber() {
        Fabric fabric = fabric();
        var into =
                fabric.server.nic.register(
                        fabric.serverDomain,
                        MemoryKind.DRAM,
                        List.of(new Extent(64, 100)),
                        EnumSet.of(Access.LOCAL_WRITE));
        fabric.server.nic.postReceive(
                fabric.serverPair, new ReceiveRequest(11, new LocalSlice(into.lkey(), 10, 50)));
        fabric.server.nic.postReceive(fabric.serverPair, new ReceiveRequest(12, List.of()));
        fabric.post(new WorkRequest.Send(1, Payload.inline(ABC)));
        fabric.post(
                new WorkRequest.WriteWithImmediate(
                        2, Payload.inline(ABC), fabric.remoteAt(5), 4711));
        fabric.run();
        assertEquals(
                List.of(
                        new WorkCompletion(11, CompletionStatus.SUCCESS, Opcode.RECEIVE, 1, 3, 0),
                        new WorkCompletion(
                                12,
                                CompletionStatus.SUCCESS,
                                Opcode.RECEIVE_IMMEDIATE,
                                1,
                                3,
                                4711)),
                fabric.server.completions);
        assertEquals(3, fabric.server.dram.bytes[64 + 12]);
        assertArrayEquals(ABC, fabric.serverBytes(5, 3));
    }

    @Test
    void atomicsReturnWhatTheyFoundAndAreAppliedOnceThoughPacketsAreDuplicated() {
        Fabric fabric = fabric();
        fabric.duplicate = true;
        fabric.server.pmem.writeLong(8, 40);
        fabric.post(new WorkRequest.FetchAndAdd(1, fabric.remoteAt(8), 2, fabric.localAt(0, 8)));
        fabric.post(
                new WorkRequest.CompareAndSwap(2, fabric.remoteAt(8), 42, 7, fabric.localAt(8, 8)));
        fabric.post(
                new WorkRequest.CompareAndSwap(
                        3, fabric.remoteAt(8), 42, 9, fabric.localAt(16, 8)));
        fabric.post(new WorkRequest.AtomicWrite(4, fabric.remoteAt(16), 99));
        fabric.run();
        assertEquals(40, fabric.client.dram.readLong(0));
        assertEquals(42, fabric.client.dram.readLong(8));
        assertEquals(7, fabric.client.dram.readLong(16));
        assertEquals(7, fabric.server.pmem.readLong(8));
        assertEquals(99, fabric.server.pmem.readLong(16));
        assertEquals(4, fabric.client.completions.size());
    }

    @Test
    void misalignedAtomicsAreInvalidRequestsAndTooManyReadsToo() {
        Fabric misaligned = fabric();
        misaligned.post(new WorkRequest.AtomicWrite(1, misaligned.remoteAt(4), 99));
        misaligned.run();
        assertFirst(misaligned, CompletionStatus.REM_INV_REQ_ERR);
        Fabric many = limited(4096, 1, new Transition.ReadyToSend(0, 4, 7, 7, 14), 64);
        for (int i = 0; i < 3; i++) {
            many.post(new WorkRequest.Read(i, many.localAt(0, 8), many.remoteAt(0)));
        }
        many.run();
        assertTrue(
                many.client.completions.stream()
                        .anyMatch(c -> c.status() == CompletionStatus.REM_INV_REQ_ERR));
    }

    @Test
    void aReadThatTheNetworkDoubledDoesNotTakeThePlaceOfTheNext() {
        Fabric fabric = limited(4096, 1, new Transition.ReadyToSend(0, 1, 7, 7, 14), 64);
        fabric.duplicate = true;
        fabric.post(new WorkRequest.Read(1, fabric.localAt(0, 8), fabric.remoteAt(0)));
        // The second arrives while the first, which came again after 5 us, is answered again.
        fabric.runUntil(5_200);
        assertFirst(fabric, CompletionStatus.SUCCESS);
        fabric.post(new WorkRequest.Read(2, fabric.localAt(0, 8), fabric.remoteAt(0)));
        fabric.run();
        assertEquals(
                List.of(CompletionStatus.SUCCESS, CompletionStatus.SUCCESS),
                fabric.client.completions.stream().map(WorkCompletion::status).toList());
    }

    @Test
    void aReadWhereNoneMayBeOutstandingIsALocalOperationError() {
        Fabric fabric = limited(4096, 16, new Transition.ReadyToSend(0, 0, 7, 7, 14), 64);
        fabric.post(new WorkRequest.Read(1, fabric.localAt(0, 8), fabric.remoteAt(0)));
        fabric.run();
        assertFirst(fabric, CompletionStatus.LOC_QP_OP_ERR);
    }

    @Test
    void aBadLocalKeyIsALocalProtectionErrorAfterWhatCameBefore() {
        Fabric fabric = fabric();
        fabric.post(fabric.write(1, ABC, 0));
        fabric.post(
                new WorkRequest.Write(
                        2, Payload.gather(new LocalSlice(12345, 0, 8)), fabric.remoteAt(0)));
        fabric.post(fabric.write(3, ABC, 0));
        fabric.run();
        assertEquals(
                List.of(
                        CompletionStatus.SUCCESS,
                        CompletionStatus.LOC_PROT_ERR,
                        CompletionStatus.WR_FLUSH_ERR),
                fabric.client.completions.stream().map(WorkCompletion::status).toList());
        assertEquals(QueuePairState.ERR, fabric.client.nic.state(fabric.clientPair));
    }

    @Test
    void aGatherListIsReadWhenItIsTransmittedNotWhenItIsPosted() {
        Fabric fabric = fabric();
        fabric.post(fabric.write(1, ABC, 0));
        fabric.client.dram.bytes[0] = 66;
        fabric.run();
        assertEquals(66, fabric.serverBytes(0, 1)[0]);
    }

    @Test
    void anUnsignalledRequestCompletesSilentlyButItsFailureDoesNot() {
        Fabric fabric = fabric();
        fabric.post(
                new WorkRequest.Write(1, Payload.inline(ABC), fabric.remoteAt(0), false, false));
        fabric.run();
        assertTrue(fabric.client.completions.isEmpty());
        fabric.post(
                new WorkRequest.Write(
                        2, Payload.inline(ABC), new RemoteAddress(1, 0), false, false));
        fabric.run();
        assertEquals(
                List.of(WorkCompletion.failed(2, CompletionStatus.REM_ACCESS_ERR, 1)),
                fabric.client.completions);
    }

    @Test
    void aQueueOfUnsignalledRequestsFillsUpUntilASignalledOneCompletes() {
        Fabric fabric = fabric();
        var silent =
                new WorkRequest.Write(1, Payload.inline(ABC), fabric.remoteAt(0), false, false);
        for (int i = 0; i < 127; i++) {
            fabric.post(silent);
        }
        fabric.post(new WorkRequest.Write(2, Payload.inline(ABC), fabric.remoteAt(0)));
        assertThrows(IllegalStateException.class, () -> fabric.post(silent));
        fabric.run();
        fabric.post(silent);
        fabric.run();
        assertEquals(1, fabric.client.completions.size());
    }

    @Test
    void lossOfAnyPacketIsMendedByRetransmission() {
        for (int lost = 0; lost < 14; lost++) {
            Fabric fabric = limited(256, 16, new Transition.ReadyToSend(0xFFFFFE), 64);
            int victim = lost;
            fabric.passes = _ -> fabric.packets != victim + 1;
            byte[] bytes = Fabric.pattern(1000, 5);
            fabric.server.pmem.writeLong(2048, 5);
            fabric.post(fabric.write(1, bytes, 9));
            fabric.post(
                    new WorkRequest.FetchAndAdd(
                            2, fabric.remoteAt(2048), 1, fabric.localAt(290_000, 8)));
            fabric.post(new WorkRequest.Read(3, fabric.localAt(300_000, 1000), fabric.remoteAt(9)));
            fabric.post(new WorkRequest.Flush(4, fabric.remoteAt(0), 2000, FlushType.PERSISTENT));
            fabric.run();
            assertEquals(
                    4,
                    fabric.client.completions.stream().filter(WorkCompletion::succeeded).count(),
                    "lost " + lost);
            assertEquals(6, fabric.server.pmem.readLong(2048), "lost " + lost);
            assertArrayEquals(bytes, fabric.serverBytes(9, 1000));
            byte[] read = new byte[1000];
            fabric.client.dram.read(300_000, read, 0, 1000);
            assertArrayEquals(bytes, read, "lost " + lost);
        }
    }

    @Test
    void aLossIsNoticedAlsoBeforeARequestThatCannotBeSent() {
        Fabric fabric = fabric();
        fabric.passes = _ -> fabric.packets != 1;
        fabric.post(fabric.write(1, ABC, 0));
        fabric.post(
                new WorkRequest.Write(
                        2, Payload.gather(new LocalSlice(12345, 0, 8)), fabric.remoteAt(0)));
        fabric.run();
        assertEquals(
                List.of(CompletionStatus.SUCCESS, CompletionStatus.LOC_PROT_ERR),
                fabric.client.completions.stream().map(WorkCompletion::status).toList());
    }

    @Test
    void aReadOfNoBytesIsAnsweredAgainWhateverItsKey() {
        Fabric fabric = fabric();
        fabric.passes = _ -> fabric.packets != 2;
        fabric.post(new WorkRequest.Read(1, fabric.localAt(0, 0), new RemoteAddress(12345, 0)));
        fabric.run();
        assertFirst(fabric, CompletionStatus.SUCCESS);
    }

    @Test
    void lostAcknowledgementsEndInRetryExceededThoughTheWriteWasApplied() {
        Fabric fabric = limited(4096, 16, new Transition.ReadyToSend(0, 16, 2, 7, 10), 64);
        fabric.passes = sent -> sent.from() == 0;
        fabric.post(fabric.write(1, ABC, 0));
        fabric.run();
        assertFirst(fabric, CompletionStatus.RETRY_EXC_ERR);
        assertArrayEquals(ABC, fabric.serverBytes(0, 3));
        // The first attempt and two retries, each after 4.096 us times 2^10.
        assertEquals(850 + 3 * (4096L << 10), fabric.now);
    }

    @Test
    void aPeerWithoutReceiveRequestsIsTriedAgainAsOftenAsAllowed() {
        Fabric late = limited(4096, 16, new Transition.ReadyToSend(0, 16, 7, 2, 14), 64);
        late.at(
                1_000_000,
                () ->
                        late.server.nic.postReceive(
                                late.serverPair, new ReceiveRequest(5, List.of())));
        late.post(new WorkRequest.Send(1, Payload.inline(new byte[0])));
        late.run();
        assertFirst(late, CompletionStatus.SUCCESS);
        Fabric never = limited(4096, 16, new Transition.ReadyToSend(0, 16, 7, 2, 14), 64);
        never.post(new WorkRequest.Send(1, Payload.inline(ABC)));
        never.run();
        assertFirst(never, CompletionStatus.RNR_RETRY_EXC_ERR);
    }

    @Test
    void aSendLongerThanItsReceiveIsAnInvalidRequestAndALocalLengthError() {
        Fabric fabric = fabric();
        fabric.server.nic.postReceive(fabric.serverPair, new ReceiveRequest(5, List.of()));
        fabric.post(new WorkRequest.Send(1, Payload.inline(ABC)));
        fabric.run();
        assertFirst(fabric, CompletionStatus.REM_INV_REQ_ERR);
        assertEquals(CompletionStatus.LOC_LEN_ERR, fabric.server.completions.getFirst().status());
    }

    @Test
    void aReceiveIntoForeignMemoryIsTheReceiversProtectionErrorAndTheSendersOperationError() {
        Fabric fabric = fabric();
        fabric.server.nic.postReceive(
                fabric.serverPair, new ReceiveRequest(5, new LocalSlice(999, 0, 8)));
        fabric.post(new WorkRequest.Send(1, Payload.inline(ABC)));
        fabric.run();
        assertFirst(fabric, CompletionStatus.REM_OP_ERR);
        assertEquals(CompletionStatus.LOC_PROT_ERR, fabric.server.completions.getFirst().status());
    }

    @Test
    void aCompletionQueueThatOverrunsIsUnusableAndFailsItsQueuePairs() {
        Fabric fabric = limited(4096, 16, new Transition.ReadyToSend(0), 2);
        fabric.client.consumes = false;
        for (int i = 0; i < 3; i++) {
            fabric.post(fabric.write(i, ABC, 0));
        }
        fabric.run();
        assertEquals(2, fabric.client.completions.size());
        assertEquals(List.of(AsynchronousEvent.COMPLETION_QUEUE_ERROR), fabric.client.events);
        assertThrows(IllegalStateException.class, () -> fabric.client.nic.poll(fabric.clientQueue));
        assertEquals(QueuePairState.ERR, fabric.client.nic.state(fabric.clientPair));
    }

    @Test
    void transitionsOutOfOrderThrowAndChangeNothing() {
        Fabric fabric = fabric();
        int pair =
                fabric.client.nic.createQueuePair(
                        fabric.clientDomain,
                        fabric.clientQueue,
                        fabric.clientQueue,
                        Capacities.DEFAULT);
        var write = new WorkRequest.Write(1, Payload.inline(ABC), fabric.remoteAt(0));
        assertThrows(
                IllegalStateException.class,
                () -> fabric.client.nic.modify(pair, new Transition.ReadyToSend(0)));
        assertThrows(
                IllegalStateException.class,
                () -> fabric.client.nic.postReceive(pair, new ReceiveRequest(1, List.of())));
        assertEquals(QueuePairState.RESET, fabric.client.nic.state(pair));
        fabric.client.nic.modify(pair, new Transition.Initialise(EnumSet.noneOf(Access.class)));
        fabric.client.nic.postReceive(pair, new ReceiveRequest(1, List.of()));
        assertThrows(IllegalStateException.class, () -> fabric.client.nic.post(pair, write));
        assertThrows(
                IllegalStateException.class,
                () -> fabric.client.nic.modify(pair, new Transition.DrainSends()));
        assertThrows(
                IllegalArgumentException.class, () -> new Transition.ReadyToSend(0, 16, 8, 7, 14));
        assertEquals(QueuePairState.INIT, fabric.client.nic.state(pair));
        fabric.client.nic.modify(pair, new Transition.Fail());
        assertEquals(
                WorkCompletion.failed(1, CompletionStatus.WR_FLUSH_ERR, pair),
                fabric.client.completions.getLast());
        fabric.client.nic.post(pair, write);
        assertEquals(2, fabric.client.completions.size());
    }

    @Test
    void aDrainedSendQueueHoldsWhatIsPostedUntilItResumes() {
        Fabric fabric = fabric();
        fabric.client.nic.modify(fabric.clientPair, new Transition.DrainSends());
        fabric.post(new WorkRequest.Write(1, Payload.inline(ABC), fabric.remoteAt(0)));
        fabric.run();
        assertEquals(0, fabric.packets);
        fabric.client.nic.modify(fabric.clientPair, new Transition.ResumeSends());
        fabric.run();
        assertFirst(fabric, CompletionStatus.SUCCESS);
    }

    @Test
    void packetsToAQueuePairThatIsResetAreDroppedAndTheSenderGivesUp() {
        Fabric fabric = limited(4096, 16, new Transition.ReadyToSend(0, 16, 1, 7, 8), 64);
        fabric.server.nic.reset();
        fabric.post(fabric.write(1, ABC, 0));
        fabric.run();
        assertFirst(fabric, CompletionStatus.RETRY_EXC_ERR);
        assertArrayEquals(new byte[3], fabric.serverBytes(0, 3));
        assertFalse(fabric.server.accesses.stream().anyMatch(a -> a.applied()));
    }

    @Test
    void inlinePayloadIsLimited() {
        Fabric fabric = fabric();
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        fabric.post(
                                new WorkRequest.Write(
                                        1, Payload.inline(new byte[189]), fabric.remoteAt(0))));
    }

    @Test
    void aFlushOfTheWholeRegionAsksForTheRightThatItsTypeNeeds() {
        Fabric fabric = Fabric.connected(Platform.COMMON, Fabric.CALM);
        fabric.post(
                new WorkRequest.Flush(
                        1,
                        fabric.remoteAt(0),
                        0,
                        FlushType.GLOBAL,
                        FlushLevel.MEMORY_REGION,
                        true,
                        false));
        fabric.post(new WorkRequest.Flush(2, fabric.remoteAt(0), 8, FlushType.PERSISTENT));
        fabric.run();
        assertEquals(
                List.of(CompletionStatus.SUCCESS, CompletionStatus.REM_ACCESS_ERR),
                fabric.client.completions.stream().map(WorkCompletion::status).toList());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        fabric.server.nic.register(
                                fabric.serverDomain,
                                MemoryKind.PERSISTENT,
                                List.of(new Extent(0, 8)),
                                EnumSet.of(Access.FLUSH_PERSISTENT)));
    }

    @Test
    void latenciesFitThePublishedMeasurements() {
        assertMicros(0.83, oneWay(32, true), 0.02);
        assertMicros(1.58, oneWay(1024, false), 0.15);
        assertMicros(2.26, oneWay(4096, false), 0.15);
        Fabric read = fabric();
        read.post(new WorkRequest.Read(1, read.localAt(0, 8), read.remoteAt(0)));
        read.awaitCompletions(1);
        assertMicros(2.3, read.now + 250, 0.05);
        Fabric flush = fabric();
        flush.post(
                new WorkRequest.Write(
                        1, flush.gathered(new byte[4096]), flush.remoteAt(0), false, false));
        flush.post(new WorkRequest.Flush(2, flush.remoteAt(0), 4096, FlushType.PERSISTENT));
        flush.awaitCompletions(1);
        assertMicros(3.1, flush.now + 250, 0.05);
    }

    /** From post to the receiver's poll, with the processor's share. */
    private static long oneWay(int bytes, boolean inline) {
        Fabric fabric = fabric();
        var into =
                fabric.server.nic.register(
                        fabric.serverDomain,
                        MemoryKind.DRAM,
                        List.of(new Extent(0, 8192)),
                        EnumSet.of(Access.LOCAL_WRITE));
        fabric.server.nic.postReceive(
                fabric.serverPair, new ReceiveRequest(1, new LocalSlice(into.lkey(), 0, 8192)));
        byte[] payload = new byte[bytes];
        fabric.post(
                new WorkRequest.Send(
                        1, inline ? Payload.inline(payload) : fabric.gathered(payload)));
        while (fabric.server.completions.isEmpty()) {
            fabric.runUntil(fabric.now + 1);
        }
        return fabric.now + fabric.costs.postNanos() + fabric.costs.pollNanos();
    }

    private static void assertMicros(double expected, long nanos, double tolerance) {
        assertEquals(expected, nanos / 1e3, expected * tolerance);
    }
}
