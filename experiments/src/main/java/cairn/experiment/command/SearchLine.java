package cairn.experiment.command;

import cairn.experiment.exploration.Explorer;
import cairn.experiment.file.Line;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** How far a search is: drawn over and over on one line, or a plain line now and then. */
final class SearchLine {

    private static final long DRAW_NANOS = 200_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintWriter err;
    private final boolean interactive;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private long shownAt;
    private int features;
    private long grownAt;

    SearchLine(PrintWriter err, boolean interactive, LongSupplier nanoTime) {
        this.err = err;
        this.interactive = interactive;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.shownAt = startedAt;
        this.grownAt = startedAt;
    }

    void show(Explorer explorer) {
        long now = nanoTime.getAsLong();
        if (explorer.coverage() > features) {
            features = explorer.coverage();
            grownAt = now;
        }
        if (now - shownAt < (interactive ? DRAW_NANOS : LINE_NANOS)) {
            return;
        }
        shownAt = now;
        String line =
                text(explorer)
                        + Line.of(", nothing new for %d s", (now - grownAt) / 1_000_000_000L);
        if (interactive) {
            err.print("\r\u001b[K" + line);
        } else {
            err.println(line);
        }
        err.flush();
    }

    void finished() {
        if (interactive) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    /** Runs, runs per second, coverage and violations. */
    String text(Explorer explorer) {
        double seconds = Math.max(1e-9, (nanoTime.getAsLong() - startedAt) / 1e9);
        return Line.of(
                "%,d runs, %,.0f/s, %,d features, %,d violations",
                explorer.runs(),
                explorer.runs() / seconds,
                explorer.coverage(),
                explorer.violations());
    }
}
