package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;

class ProgressBarTest {

    private static final long SECOND = 1_000_000_000L;

    private final StringWriter err = new StringWriter();
    private final AtomicLong clock = new AtomicLong();

    private ProgressBar bar(boolean interactive) {
        return new ProgressBar(new PrintWriter(err), interactive, clock::get);
    }

    @Test
    void aLineTellsHowFarHowFastHowLongAndHowManyViolations() {
        assertEquals(
                "20 of 2,000 trials, 10.0/s, 3 min 18 s left, no violation",
                ProgressBar.line(20, 0, 2_000, 0, 2 * SECOND));
        assertEquals(
                "8 of 8 trials, 4.0/s, 3 with a violation",
                ProgressBar.line(8, 0, 8, 3, 2 * SECOND));
    }

    @Test
    void aPersonSeesOneLineDrawnOverAndOver() {
        ProgressBar bar = bar(true);
        clock.set(SECOND);
        bar.advanced(1, 2, 0);
        bar.advanced(2, 2, 1);
        bar.finished();
        assertEquals(
                "\r"
                    + "\u001b[K[###############...............] 1 of 2 trials, 1.0/s, 1 s left, no"
                    + " violation\r"
                    + "\u001b[K[##############################] 2 of 2 trials, 2.0/s, 1 with a"
                    + " violation\r"
                    + "\u001b[K",
                err.toString());
    }

    @Test
    void whereNobodyWatchesALineComesNowAndThen() {
        ProgressBar bar = bar(false);
        clock.set(SECOND);
        bar.advanced(1, 100, 0);
        clock.set(11 * SECOND);
        bar.advanced(50, 100, 0);
        bar.finished();
        assertEquals("50 of 100 trials, 4.5/s, 11 s left, no violation", err.toString().strip());
    }
}
