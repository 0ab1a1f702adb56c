package cairn.experiment.exploration;

import cairn.fault.strategy.Coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a search is, as a file has it.
 *
 * @param of what was searched, and how: a position fits nothing else
 * @param attempts how many runs there were
 * @param scope what was tried, for a reader
 * @param coverage the features of all runs
 * @param strategy where the strategy is
 */
record Position(String of, long attempts, String scope, Coverage coverage, List<String> strategy) {

    private static final String FORMAT = "cairn-search/1";
    private static final String STRATEGY = "strategy";

    Position {
        strategy = List.copyOf(strategy);
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add(FORMAT);
        lines.add(of);
        lines.add(String.valueOf(attempts));
        lines.add(scope);
        lines.addAll(coverage.lines());
        lines.add(STRATEGY);
        lines.addAll(strategy);
        return String.join("\n", lines) + "\n";
    }

    /** Reads a text; empty if it is none, or of another version. */
    static Optional<Position> parse(String text) {
        List<String> lines = text.lines().toList();
        int strategy = lines.indexOf(STRATEGY);
        if (strategy < 5 || !lines.getFirst().equals(FORMAT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Position(
                            lines.get(1),
                            Long.parseLong(lines.get(2)),
                            lines.get(3),
                            Coverage.read(lines.subList(4, strategy)),
                            lines.subList(strategy + 1, lines.size())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
