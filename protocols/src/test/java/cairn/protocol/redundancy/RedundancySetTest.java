package cairn.protocol.redundancy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Epoch;
import cairn.part.ensemble.Content;
import cairn.part.ensemble.Piece;
import cairn.protocol.redundancy.RedundancySet.Stripe;
import cairn.protocol.redundancy.RedundancySettings.Scheme;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** What sets keep, and what they survive: the facts of SCR's redundancy schemes (X6), and PA-2. */
final class RedundancySetTest {

    private static final Epoch EPOCH = new Epoch(1);

    private static RedundancySettings settings(Scheme scheme, int size, int tolerated, int domain) {
        return new RedundancySettings(scheme, size, tolerated, domain, true, 1, 1);
    }

    private static RedundancySet set(Scheme scheme, int size, int tolerated) {
        return RedundancySet.of(
                IntStream.range(0, size).boxed().toList(),
                settings(scheme, size, tolerated, 1),
                Rules.SOUND);
    }

    @Test
    void x6StorageOfASetIsExact() {
        // Divisible by all that images are cut into.
        int bytes = 15 * 7 * 6 * 4;
        assertEquals(bytes, set(Scheme.SINGLE, 4, 1).storedBytes(0, bytes));
        assertEquals(2L * bytes, set(Scheme.PARTNER, 4, 1).storedBytes(0, bytes));
        for (int size : List.of(2, 4, 8, 16)) {
            long expected = (long) bytes * size / (size - 1);
            assertEquals(expected, set(Scheme.XOR, size, 1).storedBytes(1, bytes), "N = " + size);
        }
        assertEquals(
                (long) bytes * 8 / (8 - 2), set(Scheme.REED_SOLOMON, 8, 2).storedBytes(3, bytes));
        assertEquals(
                (long) bytes * 8 / (8 - 4), set(Scheme.REED_SOLOMON, 8, 4).storedBytes(3, bytes));
    }

    @Test
    void x6WhichPairsOfFailuresASetSurvives() {
        int size = 6;
        for (int a = 0; a < size; a++) {
            for (int b = a + 1; b < size; b++) {
                Set<Integer> pair = Set.of(a, b);
                assertFalse(set(Scheme.SINGLE, size, 1).survives(pair), () -> "single " + pair);
                assertFalse(set(Scheme.XOR, size, 1).survives(pair), () -> "xor " + pair);
                assertTrue(set(Scheme.REED_SOLOMON, size, 2).survives(pair), () -> "rs " + pair);
                boolean adjacent = b - a == 1 || b - a == size - 1;
                assertEquals(
                        !adjacent, set(Scheme.PARTNER, size, 1).survives(pair), () -> "p " + pair);
            }
        }
    }

    @Test
    void pa2ARingSurvivesAnySingleFailureAndNoTwoAdjacentOnes() {
        for (int size = 2; size < 9; size++) {
            RedundancySet ring = set(Scheme.PARTNER, size, 1);
            for (int lost = 0; lost < size; lost++) {
                assertTrue(ring.survives(Set.of(lost)));
                assertFalse(ring.survives(Set.of(lost, (lost + 1) % size)));
            }
        }
    }

    @Test
    void aReedSolomonSetSurvivesExactlyAsManyFailuresAsItTolerates() {
        RedundancySet set = set(Scheme.REED_SOLOMON, 7, 3);
        for (int lost = 0; lost < 1 << 7; lost++) {
            int mask = lost;
            List<Integer> members =
                    IntStream.range(0, 7).filter(i -> (mask >> i & 1) == 1).boxed().toList();
            assertEquals(members.size() <= 3, set.survives(Set.copyOf(members)));
        }
    }

    @Test
    void whatIsSurvivedIsRebuiltByteForByte() {
        for (RedundancySet set :
                List.of(
                        set(Scheme.PARTNER, 5, 1),
                        set(Scheme.PARTNER, 2, 1),
                        set(Scheme.XOR, 5, 1),
                        set(Scheme.REED_SOLOMON, 5, 2),
                        set(Scheme.REED_SOLOMON, 6, 3))) {
            rebuildAfterEachLoss(set);
        }
    }

    private static void rebuildAfterEachLoss(RedundancySet set) {
        int size = set.members().size();
        Random random = new Random(size);
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            byte[] image = new byte[100 + random.nextInt(200)];
            random.nextBytes(image);
            images.add(image);
        }
        for (int lost = 1; lost < 1 << size; lost++) {
            int mask = lost;
            List<Integer> gone =
                    IntStream.range(0, size).filter(i -> (mask >> i & 1) == 1).boxed().toList();
            if (!set.survives(Set.copyOf(gone))) {
                continue;
            }
            for (int rank : gone) {
                check(set, images, gone, rank);
            }
        }
    }

    private static void check(
            RedundancySet set, List<byte[]> images, List<Integer> gone, int rank) {
        var rebuild = new Rebuild(set, rank, EPOCH);
        rebuild.missing()
                .forEach((member, pieces) -> {
                    for (Piece piece : pieces) {
                        if (!gone.contains(member)) {
                            rebuild.add(piece, member, content(set, images, piece));
                        }
                    }
                });
        byte[] image = rebuild.image();
        if (image == null) {
            throw new AssertionError("rank " + rank + " of " + gone + " was not rebuilt");
        }
        assertArrayEquals(images.get(rank), image, "rank " + rank + " of " + gone);
        for (int stripe : set.stripesKeptBy(rank)) {
            Parity parity = rebuild.parity(stripe);
            if (parity == null) {
                throw new AssertionError("parity of rank " + rank + " of " + gone + " is missing");
            }
            Piece piece = new Piece(rank, EPOCH, Rebuild.part(stripe));
            assertArrayEquals(
                    content(set, images, piece).bytes(), parity.content().bytes(), "" + gone);
        }
    }

    private static Content content(RedundancySet set, List<byte[]> images, Piece piece) {
        if (piece.isImage()) {
            return new Content(images.get(piece.owner()));
        }
        int number = piece.part() - Rebuild.part(0);
        Stripe stripe = set.stripes().get(number);
        List<byte[]> data =
                stripe.data().stream()
                        .map(member -> set.segment(member, number, images.get(member)))
                        .toList();
        byte[] block = set.code().parity(stripe.parity().indexOf(piece.owner()), data);
        return new Parity(
                        stripe.data().stream().map(member -> images.get(member).length).toList(),
                        new Content(block))
                .content();
    }

    @Test
    void noGroupHasTwoRanksThatFailTogether() {
        for (int ranks = 4; ranks < 40; ranks++) {
            for (int domain = 1; domain <= ranks / 4; domain++) {
                var placement =
                        new Placement(ranks, settings(Scheme.XOR, 4, 1, domain), Rules.SOUND);
                for (RedundancySet set : placement.sets()) {
                    int inOneDomain = domain;
                    long domains =
                            set.members().stream().map(r -> r / inOneDomain).distinct().count();
                    assertEquals(set.members().size(), domains);
                }
            }
        }
    }

    @Test
    void ranksThatCannotBeKeptApartAreRefused() {
        var mistake =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Placement(8, settings(Scheme.XOR, 4, 1, 3), Rules.SOUND));
        String said = String.valueOf(mistake.getMessage());
        assertTrue(said.contains("2 groups"), said);
    }
}
