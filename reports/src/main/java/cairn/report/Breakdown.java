package cairn.report;

import cairn.model.Activity;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Where the wall time of a run went, in nanoseconds. The parts sum to the wall time exactly; a
 * breakdown that does not is refused.
 *
 * @param faultStall stopped at stores to protected pages; such a fault is no failure
 * @param lost work that a rollback threw away
 */
public record Breakdown(
        long wall,
        long useful,
        long checkpointPause,
        long faultStall,
        long logging,
        long lost,
        long restart,
        long down) {

    /** No time at all: the trial did not account for its time. */
    public static final Breakdown NONE = new Breakdown(0, 0, 0, 0, 0, 0, 0, 0);

    public Breakdown {
        long sum = 0;
        for (long part :
                new long[] {useful, checkpointPause, faultStall, logging, lost, restart, down}) {
            if (part < 0) {
                throw new IllegalArgumentException("a part of the wall time is negative: " + part);
            }
            sum = Math.addExact(sum, part);
        }
        if (sum != wall) {
            throw new IllegalArgumentException(
                    "the parts sum to " + sum + " ns, the wall time is " + wall + " ns");
        }
    }

    /** The nanoseconds that went into the activity. */
    public long nanos(Activity activity) {
        return switch (activity) {
            case USEFUL -> useful;
            case CHECKPOINT_PAUSE -> checkpointPause;
            case FAULT_STALL -> faultStall;
            case LOGGING -> logging;
            case LOST -> lost;
            case RESTART -> restart;
            case DOWN -> down;
        };
    }

    /** The name of an activity in data files, such as {@code checkpoint_pause_ns}. */
    static String column(Activity activity) {
        return activity.name().toLowerCase(Locale.ROOT) + "_ns";
    }

    /** The times of several runs added up, as {@link Sum} does. */
    public static Breakdown sum(List<Breakdown> parts) {
        var sum = new Sum();
        parts.forEach(sum::add);
        return sum.total();
    }

    /**
     * The times of several runs added up; in a coarser unit than nanoseconds where the sum is
     * longer than 146 years, so that the parts keep their shares.
     */
    static final class Sum {
        private final Map<Activity, Long> total = new EnumMap<>(Activity.class);
        private long unit = 1;

        void add(Breakdown part) {
            while (wall() + part.wall / unit > Long.MAX_VALUE / 2) {
                unit *= 2;
                total.replaceAll((_, nanos) -> nanos / 2);
            }
            for (Activity activity : Activity.values()) {
                total.merge(activity, part.nanos(activity) / unit, Long::sum);
            }
        }

        private long wall() {
            return total.values().stream().mapToLong(Long::longValue).sum();
        }

        Breakdown total() {
            return of(wall(), activity -> total.getOrDefault(activity, 0L));
        }
    }

    /** A breakdown from a function that knows the nanoseconds of each activity. */
    public static Breakdown of(long wall, ToLongFunction<Activity> nanos) {
        return new Breakdown(
                wall,
                nanos.applyAsLong(Activity.USEFUL),
                nanos.applyAsLong(Activity.CHECKPOINT_PAUSE),
                nanos.applyAsLong(Activity.FAULT_STALL),
                nanos.applyAsLong(Activity.LOGGING),
                nanos.applyAsLong(Activity.LOST),
                nanos.applyAsLong(Activity.RESTART),
                nanos.applyAsLong(Activity.DOWN));
    }
}
