package cairn.verification.junit;

import cairn.verification.Examined;
import cairn.verification.Runs;

import java.util.List;
import java.util.Optional;

/**
 * A run that goes otherwise when it is given the same answers again, so that nothing found in it
 * can be shown.
 *
 * @param lines where it first differs, both times
 */
record Vagary(List<String> lines) {

    static final String ADVICE =
            "So the protocol asks something else than its outbox: a clock, a random generator, a"
                + " thread, an identity hash code, the order of a HashMap or Set.of, or a static"
                + " that outlives the run.";

    /** How a run differs when it is repeated; empty if it does not. */
    static Optional<Vagary> of(Runs runs, Examined examined) {
        return Optional.of(runs.difference(examined.recording().answers()))
                .filter(lines -> !lines.isEmpty())
                .map(Vagary::new);
    }

    String text() {
        return "The run is no function of its answers: given the same ones it goes on with\n  "
                + String.join("\nand with\n  ", lines)
                + "\n"
                + ADVICE;
    }
}
