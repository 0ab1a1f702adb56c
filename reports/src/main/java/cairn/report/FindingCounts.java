package cairn.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How often each finding was made. */
final class FindingCounts {
    private final Map<Finding, Long> counts = new EnumMap<>(Finding.class);

    void add(Finding finding) {
        counts.merge(finding, 1L, Long::sum);
    }

    long of(Finding finding) {
        return counts.getOrDefault(finding, 0L);
    }

    /** How many findings were made. */
    long all() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The worst of them; empty if none was made. */
    Optional<Finding> worst() {
        return counts.keySet().stream().reduce(Finding::and);
    }
}
