package cairn.experiment.command;

import cairn.experiment.campaign.Progress;
import cairn.experiment.file.Line;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Draws progress over and over on one line; where nobody watches, a plain line now and then. */
public final class ProgressBar implements Progress {

    private static final long DRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final int CELLS = 30;

    private final PrintWriter err;
    private final boolean interactive;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private long drawnAt;
    private boolean drawn;
    private int before;

    /**
     * A bar, or lines.
     *
     * @param interactive whether a person watches
     * @param nanoTime a clock
     */
    public ProgressBar(PrintWriter err, boolean interactive, LongSupplier nanoTime) {
        this.err = err;
        this.interactive = interactive;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.drawnAt = startedAt;
    }

    @Override
    public void began(int done) {
        before = done;
    }

    @Override
    public void advanced(int done, int total, int violated) {
        long now = nanoTime.getAsLong();
        if (now - drawnAt < (interactive ? DRAW_NANOS : LINE_NANOS) && done < total) {
            return;
        }
        drawnAt = now;
        drawn = true;
        String line = line(done, before, total, violated, now - startedAt);
        if (interactive) {
            err.print("\r\u001b[K" + bar(done, total) + " " + line);
        } else {
            err.println(line);
        }
        err.flush();
    }

    @Override
    public void finished() {
        if (interactive && drawn) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private static String bar(int done, int total) {
        int full = (int) ((long) CELLS * done / total);
        return "[" + "#".repeat(full) + ".".repeat(CELLS - full) + "]";
    }

    /** Trials that were there before this run say nothing about its speed. */
    static String line(int done, int before, int total, int violated, long nanos) {
        double perSecond = nanos == 0 ? 0 : (done - before) * 1e9 / nanos;
        String left =
                perSecond == 0 || done == total
                        ? ""
                        : ", " + time((total - done) / perSecond) + " left";
        return String.format(
                Locale.ROOT,
                "%,d of %,d trials, %.1f/s%s, %s",
                done,
                total,
                perSecond,
                left,
                violated == 0 ? "no violation" : Line.of("%,d with a violation", violated));
    }

    private static String time(double seconds) {
        long whole = (long) Math.ceil(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? Line.of("%d min %d s", whole / 60, whole % 60)
                : Line.of("%d h %d min", whole / 3600, whole / 60 % 60);
    }
}
