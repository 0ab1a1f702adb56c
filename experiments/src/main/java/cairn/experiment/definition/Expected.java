package cairn.experiment.definition;

import cairn.experiment.file.Line;
import cairn.report.Measure;
import cairn.report.statistics.Unit;

import java.util.List;
import java.util.Optional;

/**
 * What an experiment expects. Of the expectations about properties the first that fits a variant
 * counts for it; a variant that none fits is expected to hold all. Expectations about figures all
 * count.
 */
public sealed interface Expected {

    /** Which variants it is about. */
    Condition when();

    /** The expectation in a sentence. */
    String text();

    /** An expectation about properties. */
    sealed interface OfProperties extends Expected {}

    /**
     * Properties hold in every trial that could tell, and at least one could.
     *
     * @param properties which; empty for all that are promised
     */
    record Holds(List<String> properties, Condition when) implements OfProperties {
        public Holds {
            properties = List.copyOf(properties);
        }

        @Override
        public String text() {
            return (properties.isEmpty()
                            ? "all properties hold"
                            : String.join(", ", properties) + " hold")
                    + when;
        }
    }

    /**
     * Properties are each shown to be violated by at least one trial.
     *
     * @param properties which
     * @param also what may be violated as well, because it follows; any other violation is not
     *     expected
     * @param in in how many of the trials the first of them is, if that is known
     */
    record IsViolated(
            List<String> properties, List<String> also, Optional<Frequency> in, Condition when)
            implements OfProperties {
        public IsViolated {
            properties = List.copyOf(properties);
            also = List.copyOf(also);
        }

        @Override
        public String text() {
            return String.join(", ", properties)
                    + (properties.size() == 1 ? " is violated" : " are violated")
                    + in.map(Frequency::text).orElse("")
                    + when;
        }
    }

    /**
     * How often something happens.
     *
     * @param share of all trials
     * @param tolerance how far from it the share found may lie, unless three standard errors of a
     *     binomial share are more
     */
    record Frequency(double share, double tolerance) {

        public Frequency {
            if (!(share >= 0 && share <= 1) || !(tolerance >= 0)) {
                throw new IllegalArgumentException(
                        "a share lies in [0, 1], a tolerance is not negative: "
                                + share
                                + ", "
                                + tolerance);
            }
        }

        /** How far from it the share found in so many trials may lie. */
        public double allowed(int trials) {
            return Math.max(tolerance, 3 * Math.sqrt(share * (1 - share) / trials));
        }

        private String text() {
            return Line.of(" in %s of the trials", Unit.SHARE.text(share));
        }
    }

    /**
     * A figure of each variant lies between two bounds, both included, in the base unit of the
     * measure.
     */
    record Figure(Measure measure, double least, double most, Condition when) implements Expected {
        @Override
        public String text() {
            return measure.title() + " between " + bounds(measure.unit(), least, most) + when;
        }
    }

    /** A figure of one variant is so many times that of another. */
    record Ratio(Measure measure, String of, String over, double least, double most, Condition when)
            implements Expected {
        @Override
        public String text() {
            return Line.of(
                    "%s: %s between %s times %s",
                    measure.title(), of, bounds(Unit.COUNT, least, most), over);
        }
    }

    /**
     * The mean of a figure is what was published: it lies no further from it than three standard
     * errors, or than the tolerance if that is more.
     *
     * @param published in the base unit of the measure
     * @param tolerance in the same unit
     */
    record Published(Measure measure, double published, double tolerance, Condition when)
            implements Expected {
        @Override
        public String text() {
            return Line.of(
                    "%s is %s ± %s%s",
                    measure.title(),
                    measure.unit().text(published),
                    measure.unit().text(tolerance),
                    when);
        }
    }

    /**
     * A figure of one variant is less than that of another, under the same seeds and so under the
     * same failures: what is tested is the mean of the differences, seed by seed.
     */
    record Less(Measure measure, String of, String than, Condition when) implements Expected {
        @Override
        public String text() {
            return measure.title() + ": " + of + " less than " + than + ", seed by seed";
        }
    }

    private static String bounds(Unit unit, double least, double most) {
        return unit.text(least) + " and " + unit.text(most);
    }
}
