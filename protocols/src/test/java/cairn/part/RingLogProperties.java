package cairn.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.List;

/** PMU-14: sets that are kept never overlap, whatever their sizes and however many are kept. */
final class RingLogProperties {

    private static final long START = 4096;
    private static final long BYTES = 10_000;

    private record Range(long epoch, long from, long to) {}

    @Property
    void setsThatAreKeptLieApartInsideTheLog(
            @ForAll @Size(max = 200) List<@IntRange(max = 4_000) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 6) int kept) {
        RingLog log = new RingLog(START, BYTES);
        ArrayDeque<Range> ranges = new ArrayDeque<>();
        long epoch = 0;
        for (int length : lengths) {
            while (ranges.size() >= kept || (log.placeFor(length) < 0 && !ranges.isEmpty())) {
                log.discardBefore(ranges.removeFirst().epoch + 1);
            }
            epoch++;
            Range added = new Range(epoch, log.append(epoch, length), 0);
            added = new Range(epoch, added.from, added.from + length);
            assertTrue(added.from >= START && added.to <= START + BYTES, added.toString());
            for (Range range : ranges) {
                boolean apart =
                        length == 0
                                || range.from == range.to
                                || range.to <= added.from
                                || added.to <= range.from;
                assertTrue(apart, range + " and " + added);
            }
            ranges.add(added);
            assertEquals(ranges.size(), log.size());
        }
    }

    @Property
    void roomThatIsPromisedIsThere(
            @ForAll @Size(max = 100) List<@IntRange(max = 3_000) Integer> lengths) {
        RingLog log = new RingLog(START, BYTES);
        long next = 3_000;
        long epoch = 0;
        for (int length : lengths) {
            if (log.hasRoomFor(length, next)) {
                log.append(++epoch, length);
                assertTrue(log.placeFor(next) >= 0, "no room after e" + epoch);
            } else {
                log.discardBefore(epoch);
            }
        }
    }

    @Test
    void aLogThatIsFoundGoesOnBehindItsNewestSet() {
        RingLog log = new RingLog(START, BYTES);
        log.found(7, START + 8_000, 1_500);
        log.found(8, START, 1_000);
        assertEquals(START + 1_000, log.placeFor(5_000));
        assertEquals(-1, log.placeFor(7_000));
        log.discardBefore(8);
        assertEquals(START + 1_000, log.placeFor(8_500));
    }
}
