package cairn.experiment.definition;

import cairn.experiment.failures.Failure;
import cairn.experiment.failures.FailureTrace;
import cairn.experiment.failures.GapsFile;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.model.choice.Law;

import org.apache.commons.math3.special.Gamma;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Reads how long it takes until something fails: {@code every: 6 h on average, law: gamma, shape:
 * 0.5}, or {@code gaps: [3 h, 50 min]}, or {@code gaps: {file: F}}; and when it failed elsewhere,
 * {@code replay: {file: F, system: 2}}.
 */
final class FailureLawReader {

    static final String LAW = "law";
    static final String GAPS = "gaps";
    static final String REPLAY = "replay";

    /** The laws that 'every' can have. */
    static final List<String> LAWS = List.of("exponential", "weibull", "gamma", "lognormal");

    static final String FILE = "file";

    /** What a replay is told. */
    static final List<String> REPLAYED = List.of(FILE, "system", "from", "to", "speed");

    private static final String ON_AVERAGE = "on average";
    private static final int EVER = 9999;
    private static final double MINUTE = 60e9;

    private FailureLawReader() {}

    /** A failure of a replay: which of so many places, when and how long, in nanoseconds. */
    record Replayed(int place, long atNanos, long lastsNanos) {}

    /** The law of the time until the next failure. */
    static Law gaps(Fields fields) {
        if (fields.has(GAPS)) {
            YamlValue written = fields.need(GAPS);
            List<Long> seen =
                    written instanceof Mapping inFile
                            ? recorded(Fields.of(inFile, "'gaps'", List.of(FILE)).need(FILE))
                            : written.items().stream().map(FailureLawReader::gap).toList();
            return Fields.at(written.place(), "", () -> occurs(new Law.Empirical(seen)));
        }
        double mean = (double) mean(fields.need("every"));
        String law =
                fields.has(LAW)
                        ? Fields.oneOf(fields.need(LAW), LAW, LAWS)
                        : fields.has("shape") ? "weibull" : "exponential";
        if (law.equals("exponential")) {
            if (fields.has("shape")) {
                throw new UserMistake(
                        fields.need("shape").place(), "an exponential law has no 'shape'");
            }
            return occurs(new Law.Exponential(0, mean));
        }
        double shape = fields.amount("shape", Dimension.NUMBER).doubleValue();
        if (!(shape >= 0.1 && shape <= 100)) {
            throw new UserMistake(
                    fields.need("shape").place(), "a shape lies in [0.1, 100]: " + shape);
        }
        return occurs(
                switch (law) {
                    case "weibull" -> new Law.Weibull(mean / Gamma.gamma(1 + 1 / shape), shape);
                    case "gamma" -> new Law.Gamma(mean / shape, shape);
                    // The mean of a lognormal law is its median times exp(sigma^2 / 2).
                    default -> new Law.HeavyTail(0, mean / Math.exp(shape * shape / 2), shape);
                });
    }

    private static FailureTrace trace(YamlValue file) {
        return read(file, FailureTrace::read);
    }

    private static List<Long> recorded(YamlValue file) {
        return read(file, GapsFile::read);
    }

    private static <T> T read(YamlValue file, Function<Path, T> reader) {
        try {
            return reader.apply(Path.of(file.text("'file'")));
        } catch (UserMistake | InvalidPathException e) {
            throw new UserMistake(file.place(), String.valueOf(e.getMessage()));
        }
    }

    private static Law occurs(Law law) {
        return new Law.Occurs(law);
    }

    private static long gap(YamlValue written) {
        long nanos = Fields.whole(written, GAPS, Dimension.DURATION);
        if (nanos < 0) {
            throw new UserMistake(
                    written.place(), "a gap is zero or more: '" + written.written() + "'");
        }
        return nanos;
    }

    private static long mean(YamlValue every) {
        String text = every.text("'every'");
        String mean =
                text.endsWith(ON_AVERAGE)
                        ? text.substring(0, text.length() - ON_AVERAGE.length())
                        : text;
        long nanos =
                Fields.at(every.place(), "'every': ", () -> Dimension.DURATION.readWhole(mean));
        if (nanos <= 0) {
            throw new UserMistake(every.place(), "'every' needs a mean above zero: '" + text + "'");
        }
        return nanos;
    }

    /**
     * The failures of a recorded system, the first one at the start; node n of it is place n,
     * counted round.
     */
    static List<Replayed> replayed(YamlValue written, int places) {
        Fields fields = Fields.of(written.mapping("'replay'"), "'replay'", REPLAYED);
        FailureTrace trace = trace(fields.need(FILE));
        int system = (int) fields.whole("system", Dimension.COUNT);
        int from = (int) fields.whole("from", Dimension.COUNT, 1);
        int to = (int) fields.whole("to", Dimension.COUNT, EVER);
        double speed =
                fields.has("speed") ? fields.amount("speed", Dimension.NUMBER).doubleValue() : 1;
        if (!(speed > 0)) {
            throw new UserMistake(fields.need("speed").place(), "'speed' is above zero: " + speed);
        }
        if (from < 1 || to > EVER || from >= to) {
            throw new UserMistake(
                    fields.place(), "'from' is a year before 'to': " + from + ", " + to);
        }
        List<Failure> failures = trace.of(system, from, to);
        if (failures.isEmpty()) {
            throw new UserMistake(
                    fields.need("system").place(), "no failure of system " + system + " then");
        }
        long start = failures.getFirst().atMinutes();
        return failures.stream()
                .map(failure ->
                        new Replayed(
                                failure.node() % places,
                                Math.round((failure.atMinutes() - start) * MINUTE / speed),
                                Math.round(failure.downMinutes() * MINUTE / speed)))
                .toList();
    }
}
