package cairn.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * No property may be violated by a correct protocol within its promise, and every run comes to its
 * end; {@code -Dcairn.fuzz.runs=20000} tries more of them.
 */
class ProtocolFuzzTest {

    private static final long RUNS = Long.getLong("cairn.fuzz.runs", 150);
    private static final int MOST_SHOWN = 5;

    @Test
    void theRdmaServerKeepsItsPromiseUnderFaultsDrawnAtRandom() {
        assertEquals(List.of(), complaints(DrawnRun::rdmaPmem, LongStream.rangeClosed(1, RUNS)));
    }

    @Test
    void theServerWithADiskKeepsItsPromiseUnderFaultsDrawnAtRandom() {
        assertEquals(List.of(), complaints(DrawnRun::localDisk, LongStream.rangeClosed(1, RUNS)));
    }

    /** A process that ended learned of completions on queues that it no longer had. */
    @Test
    void theRdmaServerKeepsItsPromiseWhereItOnceDidNot() {
        assertEquals(List.of(), complaints(DrawnRun::rdmaPmem, LongStream.of(291, 4908)));
    }

    /**
     * The last requests of a backlog were never taken up (596, 640); after a crash nobody said that
     * the former file was gone (136).
     */
    @Test
    void theServerWithADiskKeepsItsPromiseWhereItOnceDidNot() {
        assertEquals(List.of(), complaints(DrawnRun::localDisk, LongStream.of(136, 596, 640)));
    }

    @Test
    void aServerThatTakesReceiptForDurabilityIsFoundOut() {
        assertTrue(
                LongStream.rangeClosed(1, 200)
                        .mapToObj(seed -> DrawnRun.unsafe(seed).complaint())
                        .anyMatch(complaint -> complaint.startsWith("DUR ")));
    }

    private static List<String> complaints(LongFunction<DrawnRun<?>> drawing, LongStream seeds) {
        return seeds.mapToObj(drawing)
                .map(run -> run.complaint().isEmpty() ? "" : run.drawn() + run.complaint())
                .filter(text -> !text.isEmpty())
                .limit(MOST_SHOWN)
                .toList();
    }
}
