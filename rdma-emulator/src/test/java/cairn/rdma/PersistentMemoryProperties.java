package cairn.rdma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.verbs.WorkRequest;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

final class PersistentMemoryProperties {

    private static final int AREA = 16_384;

    private static Platform platform(int number) {
        return new Platform(
                List.of(PersistenceDomain.ADR, PersistenceDomain.EADR, PersistenceDomain.WSP)
                        .get(number % 3),
                number / 3 % 2 == 0,
                true);
    }

    /**
     * PMU-19: random writes of any length and alignment, from peer and processor, give what an
     * array gives.
     */
    @Property(tries = 150)
    void memoryAgreesWithAnArray(@ForAll long seed, @ForAll @IntRange(max = 5) int number) {
        SplittableRandom random = new SplittableRandom(seed);
        Fabric fabric = Fabric.connected(platform(number), Fabric.seeded(seed));
        byte[] reference = new byte[AREA];
        for (int i = 0; i < 60; i++) {
            int length = 1 + random.nextInt(random.nextBoolean() ? 20 : 6000);
            int offset = random.nextInt(AREA - length);
            byte[] bytes = Fabric.pattern(length, i);
            if (random.nextBoolean()) {
                fabric.post(fabric.write(i, bytes, offset));
                fabric.run();
                fabric.runUntil(fabric.now + 4_000);
            } else {
                fabric.server.pmem.write(offset, bytes, 0, length);
            }
            if (random.nextInt(4) == 0) {
                fabric.server.pmem.persist(offset, length, i);
            }
            System.arraycopy(bytes, 0, reference, offset, length);
            assertArrayEquals(reference, fabric.serverBytes(0, AREA));
        }
    }

    /**
     * Power loss at any moment leaves, in each 8-byte word, one of the values that it had, never a
     * mixture.
     */
    @Property(tries = 300)
    void powerLossTearsBetweenWordsOnly(
            @ForAll long seed,
            @ForAll @IntRange(max = 5) int number,
            @ForAll @IntRange(max = 9000) int moment) {
        Fabric fabric = Fabric.connected(platform(number), Fabric.seeded(seed));
        SplittableRandom random = new SplittableRandom(seed);
        byte[] before = Fabric.pattern(4096, 1);
        fabric.server.pmem.write(0, before, 0, 4096);
        fabric.server.pmem.persist(0, 4096, 1);
        fabric.run();
        int length = 1 + random.nextInt(3000);
        int offset = random.nextInt(4096 - length);
        byte[] after = before.clone();
        byte[] written = Fabric.pattern(length, 2);
        System.arraycopy(written, 0, after, offset, length);
        long start = fabric.now;
        if (random.nextBoolean()) {
            fabric.post(fabric.write(1, written, offset));
        } else {
            fabric.server.pmem.write(offset, written, 0, length);
            fabric.server.pmem.persist(offset, length, 2);
        }
        fabric.runUntil(start + moment);
        fabric.server.pmem.powerLoss();
        byte[] left = fabric.serverBytes(0, 4096);
        for (int word = 0; word < 4096; word += 8) {
            boolean whole =
                    Arrays.equals(left, word, word + 8, before, word, word + 8)
                            || Arrays.equals(left, word, word + 8, after, word, word + 8);
            assertTrue(whole, "torn word at " + word);
        }
    }

    /**
     * Whatever the network loses or repeats, a message that completes with success was applied
     * exactly.
     */
    @Property(tries = 60)
    void aLossyNetworkChangesNothingButTime(
            @ForAll long seed, @ForAll @IntRange(max = 30) int lossPercent) {
        SplittableRandom random = new SplittableRandom(seed);
        Fabric fabric = Fabric.connected(platform(3), Fabric.CALM);
        fabric.passes = _ -> random.nextInt(100) >= lossPercent;
        fabric.duplicate = random.nextBoolean();
        byte[] reference = new byte[AREA];
        long counter = 0;
        for (int i = 0; i < 10; i++) {
            byte[] bytes = Fabric.pattern(1 + random.nextInt(9000), i);
            int offset = 8 + random.nextInt(AREA - bytes.length - 8);
            fabric.post(fabric.write(i, bytes, offset));
            fabric.post(
                    new WorkRequest.FetchAndAdd(
                            100 + i, fabric.remoteAt(0), 1, fabric.localAt(400_000, 8)));
            System.arraycopy(bytes, 0, reference, offset, bytes.length);
            fabric.awaitCompletions(2 * (i + 1));
            if (!fabric.client.completions.getLast().succeeded()) {
                return;
            }
            counter++;
        }
        fabric.run();
        fabric.runUntil(fabric.now + 10_000);
        assertTrue(fabric.server.pmem.readLong(0) == counter, "each addition once");
        byte[] left = fabric.serverBytes(8, AREA - 8);
        assertArrayEquals(Arrays.copyOfRange(reference, 8, AREA), left);
    }
}
