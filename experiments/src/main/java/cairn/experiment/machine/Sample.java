package cairn.experiment.machine;

import java.util.Arrays;

/** Durations of one operation that was repeated, in nanoseconds. */
final class Sample {

    private final long[] sorted;

    Sample(long... nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    /** Something to be timed. */
    interface Operation<E extends Exception> {
        void run() throws E;
    }

    /** Repeats an operation, the first few times without timing it. */
    static <E extends Exception> Sample of(int times, Operation<E> operation) throws E {
        for (int i = 0; i < Math.max(1, times / 10); i++) {
            operation.run();
        }
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long before = System.nanoTime();
            operation.run();
            nanos[i] = System.nanoTime() - before;
        }
        return new Sample(nanos);
    }

    long quantile(double fraction) {
        return sorted[
                (int) Math.min(sorted.length - 1L, Math.round(fraction * (sorted.length - 1)))];
    }

    long median() {
        return quantile(0.5);
    }
}
