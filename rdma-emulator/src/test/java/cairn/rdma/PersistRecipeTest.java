package cairn.rdma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.choice.Choices;
import cairn.model.verbs.FlushType;
import cairn.model.verbs.Payload;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.WorkRequest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;

/**
 * Which ways of making a remote write durable hold on which platform, when power fails at the
 * acknowledgement.
 */
final class PersistRecipeTest {

    private static final int LENGTH = 5000;

    enum Recipe {
        COMPLETION_ALONE,
        FLUSH_GLOBAL,
        READ_BEHIND,
        NATIVE_FLUSH,
        SEND_AND_CPU_FLUSH,
        SEND_ALONE
    }

    @ParameterizedTest(name = "{0}, DDIO {1}: {2} is safe: {3}")
    @CsvSource({
        "ADR, false, COMPLETION_ALONE, false",
        "ADR, false, FLUSH_GLOBAL, true",
        "ADR, false, READ_BEHIND, true",
        "ADR, false, NATIVE_FLUSH, true",
        "ADR, false, SEND_AND_CPU_FLUSH, true",
        "ADR, true, COMPLETION_ALONE, false",
        "ADR, true, FLUSH_GLOBAL, false",
        "ADR, true, READ_BEHIND, false",
        "ADR, true, NATIVE_FLUSH, true",
        "ADR, true, SEND_ALONE, false",
        "ADR, true, SEND_AND_CPU_FLUSH, true",
        "EADR, false, COMPLETION_ALONE, false",
        "EADR, true, COMPLETION_ALONE, false",
        "EADR, true, FLUSH_GLOBAL, true",
        "EADR, true, READ_BEHIND, true",
        "EADR, true, NATIVE_FLUSH, true",
        "EADR, true, SEND_ALONE, true",
        "EADR, false, READ_BEHIND, true",
        "EADR, false, SEND_AND_CPU_FLUSH, true",
        "WSP, true, COMPLETION_ALONE, true",
        "WSP, false, COMPLETION_ALONE, true",
    })
    void aRecipeHoldsOrLosesAsItsPlatformSays(
            PersistenceDomain domain, boolean ddio, Recipe recipe, boolean safe) {
        Platform platform = new Platform(domain, ddio, true);
        assertEquals(safe, survives(platform, recipe, Fabric.CALM), "calmly");
        for (int seed = 1; seed <= 40; seed++) {
            boolean survived = survives(platform, recipe, Fabric.seeded(seed));
            assertTrue(survived || !safe, "seed " + seed);
        }
    }

    private static boolean survives(Platform platform, Recipe recipe, Choices choices) {
        Fabric fabric = Fabric.connected(platform, choices);
        byte[] bytes = Fabric.pattern(LENGTH, 7);
        fabric.post(fabric.write(1, bytes, 13));
        int completions = 2;
        switch (recipe) {
            case COMPLETION_ALONE -> completions = 1;
            case FLUSH_GLOBAL ->
                    fabric.post(
                            new WorkRequest.Flush(
                                    2, fabric.remoteAt(13), LENGTH, FlushType.GLOBAL));
            case READ_BEHIND ->
                    fabric.post(
                            new WorkRequest.Read(
                                    2, fabric.localAt(400_000, 1), fabric.remoteAt(13)));
            case NATIVE_FLUSH ->
                    fabric.post(
                            new WorkRequest.Flush(
                                    2, fabric.remoteAt(13), LENGTH, FlushType.PERSISTENT));
            case SEND_AND_CPU_FLUSH, SEND_ALONE -> {
                fabric.server.nic.postReceive(fabric.serverPair, new ReceiveRequest(9, List.of()));
                fabric.post(new WorkRequest.Send(2, Payload.inline(new byte[0])));
            }
        }
        fabric.awaitCompletions(completions);
        if (recipe == Recipe.SEND_AND_CPU_FLUSH) {
            fabric.server.pmem.persist(13, LENGTH, 5);
            while (fabric.server.persisted.isEmpty()) {
                fabric.runUntil(fabric.now + 10);
            }
        }
        fabric.server.pmem.powerLoss();
        return Arrays.equals(bytes, fabric.serverBytes(13, LENGTH));
    }

    /**
     * WRITE, FLUSH, ATOMIC_WRITE, FLUSH, waiting for the last alone: the log append of librpma's
     * example 07.
     */
    @ParameterizedTest
    @CsvSource({"ADR, false", "ADR, true", "EADR, true", "EADR, false", "WSP, true"})
    void aLogAppendIsAllOrNothingAtEveryMoment(PersistenceDomain domain, boolean ddio) {
        boolean everLost = false;
        for (int moment = 0; moment < 9000; moment += 137) {
            Fabric fabric =
                    Fabric.connected(new Platform(domain, ddio, true), Fabric.seeded(moment));
            byte[] bytes = Fabric.pattern(300, 3);
            fabric.post(fabric.write(1, bytes, 64));
            fabric.post(new WorkRequest.Flush(2, fabric.remoteAt(64), 300, FlushType.PERSISTENT));
            fabric.post(new WorkRequest.AtomicWrite(3, fabric.remoteAt(0), 300));
            fabric.post(new WorkRequest.Flush(4, fabric.remoteAt(0), 8, FlushType.PERSISTENT));
            fabric.runUntil(moment);
            boolean acknowledged = fabric.client.completions.size() == 4;
            fabric.server.pmem.powerLoss();
            boolean committed = fabric.server.pmem.readLong(0) == 300;
            assertFalse(acknowledged && !committed, "acknowledged and lost at " + moment);
            if (committed) {
                assertArrayEquals(
                        bytes, fabric.serverBytes(64, 300), "commit before data at " + moment);
            }
            everLost |= !committed;
        }
        assertTrue(everLost);
    }

    /**
     * COMMIT_NO_FENCE: a READ pushes the data out, but a commit word posted behind it without a
     * fence may be first.
     */
    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void aCommitWordBehindAReadNeedsAFence(boolean fence, boolean breaks) {
        boolean broken = false;
        for (int seed = 0; seed < 400; seed++) {
            Fabric fabric = Fabric.connected(Platform.DIRECT_WRITE, Fabric.seeded(seed));
            byte[] bytes = Fabric.pattern(64, 3);
            fabric.post(fabric.write(1, bytes, 64));
            fabric.post(new WorkRequest.Read(2, fabric.localAt(400_000, 1), fabric.remoteAt(64)));
            fabric.post(
                    new WorkRequest.Write(
                            3,
                            Payload.inline(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}),
                            fabric.remoteAt(0),
                            true,
                            fence));
            fabric.runUntil(seed * 20L);
            fabric.server.pmem.powerLoss();
            broken |=
                    fabric.server.pmem.readLong(0) == 1
                            && !Arrays.equals(bytes, fabric.serverBytes(64, 64));
        }
        assertEquals(breaks, broken);
    }
}
