package cairn.report;

/**
 * A fault that struck, on the time axis of its trial: nanoseconds of virtual time and a short name.
 */
public record FaultMark(long atNanos, String label) implements Comparable<FaultMark> {

    public FaultMark {
        if (atNanos < 0) {
            throw new IllegalArgumentException(
                    "a fault cannot strike before the run starts: " + atNanos);
        }
    }

    @Override
    public int compareTo(FaultMark other) {
        int byTime = Long.compare(atNanos, other.atNanos);
        return byTime != 0 ? byTime : label.compareTo(other.label);
    }
}
