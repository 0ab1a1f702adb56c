package cairn.rdma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.model.verbs.Access;
import cairn.model.verbs.Capacities;
import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.Extent;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Payload;
import cairn.model.verbs.QueuePairState;
import cairn.model.verbs.RemoteAccess;
import cairn.model.verbs.RemoteAddress;
import cairn.model.verbs.Transition;
import cairn.model.verbs.WorkRequest;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** PMU-1, PMU-4, PMU-10, PMU-17: who may reach which bytes. */
final class AuthorisationTest {

    private static final byte[] OLD = Fabric.pattern(64, 1);

    /** Six conditions, each a bit; the access is allowed when all hold. */
    @Test
    void exactlyOneOfAllCombinationsOfDomainKeyRangeRightBindingAndConnectionSucceeds() {
        for (boolean reads : new boolean[] {false, true}) {
            int allowed = 0;
            for (int bits = 0; bits < 64; bits++) {
                if (attempt(bits, reads)) {
                    assertEquals(63, bits);
                    allowed++;
                }
            }
            assertEquals(1, allowed);
        }
    }

    private static boolean attempt(int bits, boolean reads) {
        boolean sameDomain = (bits & 1) != 0;
        boolean validKey = (bits & 2) != 0;
        boolean inRange = (bits & 4) != 0;
        boolean rightGranted = (bits & 8) != 0;
        boolean boundHere = (bits & 16) != 0;
        boolean live = (bits & 32) != 0;
        Fabric fabric = new Fabric(Platform.DIRECT_WRITE, Fabric.CALM);
        fabric.connect(EnumSet.allOf(Access.class), new Transition.ReadyToSend(0, 16, 1, 7, 6));
        Nic server = fabric.server.nic;
        fabric.server.pmem.write(4096, OLD, 0, 64);
        int other = server.allocateDomain();
        int domain = sameDomain ? fabric.serverDomain : other;
        int stranger =
                server.createQueuePair(
                        domain, fabric.serverQueue, fabric.serverQueue, Capacities.DEFAULT);
        var region =
                server.register(
                        domain, MemoryKind.PERSISTENT, List.of(new Extent(4096, 64)), Fabric.ALL);
        EnumSet<Access> rights =
                rightGranted
                        ? EnumSet.of(reads ? Access.REMOTE_READ : Access.REMOTE_WRITE)
                        : EnumSet.of(reads ? Access.REMOTE_WRITE : Access.REMOTE_READ);
        // Without a binding to this connection the key is that of a stranger's window, or, in
        // another domain, that of the region itself, which only the domain protects.
        int rkey;
        if (sameDomain) {
            rkey =
                    server.bindWindow(
                            boundHere ? fabric.serverPair : stranger, region.lkey(), 8, 32, rights);
        } else {
            rkey =
                    boundHere
                            ? region.rkey()
                            : server.bindWindow(stranger, region.lkey(), 8, 32, rights);
        }
        if (!validKey) {
            if (sameDomain || !boundHere) {
                server.invalidateWindow(rkey);
            } else {
                server.deregister(region.lkey());
            }
        }
        if (!live) {
            server.modify(fabric.serverPair, new Transition.Fail());
        }
        RemoteAddress target = new RemoteAddress(rkey, inRange ? 28 : 29);
        byte[] before = fabric.client.dram.bytes.clone();
        fabric.post(
                reads
                        ? new WorkRequest.Read(1, fabric.localAt(0, 4), target)
                        : new WorkRequest.Write(1, Payload.inline(new byte[4]), target));
        fabric.run();
        boolean succeeded = fabric.client.completions.getFirst().succeeded();
        boolean applied = fabric.server.accesses.stream().anyMatch(RemoteAccess::applied);
        assertEquals(succeeded, applied);
        if (!succeeded) {
            assertArrayEquals(
                    OLD, fabric.serverBytes(4096, 64), "a denied access changed bytes: " + bits);
            assertArrayEquals(
                    before, fabric.client.dram.bytes, "a denied access returned bytes: " + bits);
            assertEquals(QueuePairState.ERR, server.state(fabric.serverPair));
            assertEquals(
                    live ? CompletionStatus.REM_ACCESS_ERR : CompletionStatus.RETRY_EXC_ERR,
                    fabric.client.completions.getFirst().status());
        }
        return succeeded;
    }

    @Test
    void theConnectionsOwnRightsLimitWhatKeysGrant() {
        Fabric fabric = new Fabric(Platform.DIRECT_WRITE, Fabric.CALM);
        fabric.connect(EnumSet.of(Access.REMOTE_READ), new Transition.ReadyToSend(0));
        fabric.post(fabric.write(1, OLD, 0));
        fabric.run();
        assertEquals(
                CompletionStatus.REM_ACCESS_ERR, fabric.client.completions.getFirst().status());
        assertArrayEquals(new byte[64], fabric.serverBytes(0, 64));
    }

    @Test
    void aRegionThatIsTranslatedAnewTakesNoPartOfAMessageThatBeganBefore() {
        Fabric fabric = Fabric.connected(Platform.DIRECT_WRITE, Fabric.CALM);
        byte[] bytes = Fabric.pattern(40_000, 2);
        fabric.post(fabric.write(1, bytes, 0));
        fabric.at(
                3_500,
                () ->
                        fabric.server.nic.translate(
                                fabric.remote.lkey(), List.of(new Extent(1 << 20, 1 << 19))));
        fabric.run();
        assertEquals(
                CompletionStatus.REM_ACCESS_ERR, fabric.client.completions.getFirst().status());
        assertArrayEquals(new byte[40_000], fabric.serverBytes(1 << 20, 40_000));
        assertEquals(bytes[0], fabric.serverBytes(0, 1)[0]);
    }

    @Test
    void scatteredTranslationsKeepEveryByteAndAreReportedPieceByPiece() {
        Fabric fabric = Fabric.connected(Platform.DIRECT_WRITE, Fabric.CALM);
        fabric.server.nic.translate(
                fabric.remote.lkey(),
                List.of(new Extent(8192, 10), new Extent(100, 3), new Extent(5000, 100)));
        byte[] bytes = Fabric.pattern(20, 2);
        fabric.post(fabric.write(1, bytes, 7));
        fabric.run();
        assertArrayEquals(Arrays.copyOfRange(bytes, 0, 3), fabric.serverBytes(8199, 3));
        assertArrayEquals(Arrays.copyOfRange(bytes, 3, 6), fabric.serverBytes(100, 3));
        assertArrayEquals(Arrays.copyOfRange(bytes, 6, 20), fabric.serverBytes(5000, 14));
        assertEquals(
                List.of(8199L, 100L, 5000L),
                fabric.server.accesses.stream().map(RemoteAccess::address).toList());
    }

    @Test
    void aWindowEndsWithItsInvalidationAndItsAcceptedWritesHaveLandedThen() {
        Fabric fabric = Fabric.connected(Platform.DIRECT_WRITE, Fabric.CALM);
        int rkey =
                fabric.server.nic.bindWindow(
                        fabric.serverPair,
                        fabric.remote.lkey(),
                        128,
                        64,
                        EnumSet.of(Access.REMOTE_WRITE));
        RemoteAddress target = new RemoteAddress(rkey, 0);
        fabric.post(new WorkRequest.Write(1, Payload.inline(OLD), target));
        fabric.awaitCompletions(1);
        assertEquals(Place.ADAPTER, fabric.server.pmem.placeOf(128));
        fabric.server.nic.invalidateWindow(rkey);
        assertEquals(Place.QUEUE, fabric.server.pmem.placeOf(128));
        fabric.post(new WorkRequest.Write(2, Payload.inline(new byte[64]), target));
        fabric.run();
        assertEquals(CompletionStatus.REM_ACCESS_ERR, fabric.client.completions.getLast().status());
        assertArrayEquals(OLD, fabric.serverBytes(128, 64));
    }

    @Test
    void aWindowIsRefusedWhereItsRegionAllowsNoneOrNoStores() {
        Fabric fabric = Fabric.connected(Platform.DIRECT_WRITE, Fabric.CALM);
        Nic nic = fabric.server.nic;
        int unbindable = region(fabric, EnumSet.of(Access.LOCAL_WRITE));
        int unwritable = region(fabric, EnumSet.of(Access.WINDOW_BIND));
        for (int lkey : new int[] {unbindable, unwritable}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            nic.bindWindow(
                                    fabric.serverPair,
                                    lkey,
                                    0,
                                    64,
                                    EnumSet.of(Access.REMOTE_WRITE)));
        }
        int rkey =
                nic.bindWindow(
                        fabric.serverPair, unwritable, 0, 64, EnumSet.of(Access.REMOTE_READ));
        fabric.post(new WorkRequest.Read(1, fabric.localAt(0, 64), new RemoteAddress(rkey, 0)));
        fabric.run();
        assertEquals(CompletionStatus.SUCCESS, fabric.client.completions.getFirst().status());
    }

    private static int region(Fabric fabric, Set<Access> access) {
        return fabric.server
                .nic
                .register(
                        fabric.serverDomain,
                        MemoryKind.PERSISTENT,
                        List.of(new Extent(4096, 64)),
                        access)
                .lkey();
    }

    @Test
    void regionsAreRefusedThatBreakTheRulesOfRegistration() {
        Fabric fabric = Fabric.connected(Platform.DIRECT_WRITE, Fabric.CALM);
        Nic nic = fabric.server.nic;
        var extents = List.of(new Extent(0, 64));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        nic.register(
                                fabric.serverDomain,
                                MemoryKind.DRAM,
                                extents,
                                EnumSet.of(Access.REMOTE_WRITE)));
        assertThrows(
                IllegalArgumentException.class,
                () -> nic.register(99, MemoryKind.DRAM, extents, EnumSet.of(Access.LOCAL_WRITE)));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        nic.register(
                                fabric.serverDomain,
                                MemoryKind.DRAM,
                                List.of(new Extent(Fabric.SIZE - 1, 2)),
                                EnumSet.of(Access.LOCAL_WRITE)));
        assertThrows(IllegalStateException.class, () -> nic.deallocateDomain(fabric.serverDomain));
    }

    @Test
    void aReadThatIsRefusedWhenItsAnswerIsDueMovedNothingThoughOthersDidSinceItCame() {
        Fabric fabric = new Fabric(Platform.DIRECT_WRITE, Fabric.CALM);
        fabric.connect(EnumSet.allOf(Access.class), new Transition.ReadyToSend(0, 16, 1, 7, 6));
        fabric.server.pmem.write(4096, OLD, 0, 64);
        Nic server = fabric.server.nic;
        var region =
                server.register(
                        fabric.serverDomain,
                        MemoryKind.PERSISTENT,
                        List.of(new Extent(4096, 64)),
                        Fabric.ALL);
        int rkey =
                server.bindWindow(
                        fabric.serverPair, region.lkey(), 0, 64, EnumSet.of(Access.REMOTE_READ));
        // The second arrives before the first is answered, and loses its key right after that.
        fabric.passes =
                sent -> {
                    if (sent.packet().kind == Packet.Kind.READ_RESPONSE) {
                        server.invalidateWindow(rkey);
                    }
                    return true;
                };
        fabric.post(new WorkRequest.Read(1, fabric.localAt(0, 32), fabric.remoteAt(0)));
        fabric.post(new WorkRequest.Read(2, fabric.localAt(64, 32), new RemoteAddress(rkey, 0)));
        fabric.run();
        List<RemoteAccess> reads = fabric.server.accesses;
        assertEquals(List.of(true, false), reads.stream().map(RemoteAccess::applied).toList());
        assertEquals(0, reads.getLast().moved());
    }
}
