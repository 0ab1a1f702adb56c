package cairn.experiment.campaign;

import cairn.experiment.definition.Expected;
import cairn.experiment.definition.Experiment;
import cairn.experiment.file.Line;
import cairn.report.Expectation;
import cairn.report.ExperimentResult;
import cairn.report.Finding;
import cairn.report.Measure;
import cairn.report.VariantResult;
import cairn.report.plot.Axis;
import cairn.report.plot.Fill;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Style;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Unit;

import org.jspecify.annotations.Nullable;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an experiment found, held against what was published, line by line. */
public final class Validation {

    private static final Fill BAND = Fill.plain(new Color(0xD9, 0xD9, 0xD9));

    private final Experiment experiment;
    private final List<Row> rows = new ArrayList<>();
    private final List<Expectation> others = new ArrayList<>();

    /** One figure of one variant. */
    public record Row(String variant, Agreement agreement) {

        public Finding finding() {
            return agreement.finding();
        }
    }

    private Validation(Experiment experiment) {
        this.experiment = experiment;
    }

    /** What the file of an experiment expects, in its order, and what was found. */
    public static Validation of(Experiment experiment, ExperimentResult result) {
        var validation = new Validation(experiment);
        for (int i = 0; i < experiment.expectations().size(); i++) {
            if (experiment.expectations().get(i) instanceof Expected.Published published) {
                validation.add(published, result.variants());
            } else {
                validation.others.add(result.expectations().get(i));
            }
        }
        return validation;
    }

    private void add(Expected.Published published, List<VariantResult> results) {
        for (int i = 0; i < results.size(); i++) {
            if (published.when().fits(experiment.variants().get(i))) {
                VariantResult result = results.get(i);
                rows.add(new Row(result.label(), Agreement.of(published, result)));
            }
        }
    }

    /** How much of what was expected was found, in a sentence without its full stop. */
    public String summary() {
        var parts = new ArrayList<String>();
        if (!rows.isEmpty()) {
            parts.add(count(rows.stream().map(Row::finding).toList()) + " figures agree");
        }
        if (!others.isEmpty()) {
            String kind = rows.isEmpty() ? "" : "other ";
            parts.add(
                    count(others.stream().map(Expectation::finding).toList())
                            + " "
                            + kind
                            + "expectations met");
        }
        return String.join(", ", parts);
    }

    private static String count(List<Finding> findings) {
        long met = findings.stream().filter(finding -> finding == Finding.HOLDS).count();
        return met + " of " + findings.size();
    }

    /** Figures, ratios, and what must be violated or hold, as tables in Markdown. */
    public String tables() {
        return Stream.of(rows.isEmpty() ? "" : figures(), others.isEmpty() ? "" : others())
                .filter(table -> !table.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String others() {
        var text = new StringBuilder("| expected | found | |\n| --- | --- | --- |\n");
        for (Expectation other : others) {
            text.append("| ").append(other.text()).append(" | ").append(other.observed());
            text.append(" | ").append(mark(other.finding())).append(" |\n");
        }
        return text.toString();
    }

    private static String mark(Finding finding) {
        return finding == Finding.HOLDS ? "✓" : "✗";
    }

    private String figures() {
        var text = new StringBuilder();
        text.append(
                "| variant | measure | published | simulated (95 %) | n | deviation | allowed |");
        text.append(" |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (Row row : rows) {
            text.append("| ").append(String.join(" | ", cells(row))).append(" |\n");
        }
        return text.toString();
    }

    private static List<String> cells(Row row) {
        Agreement agreement = row.agreement();
        Measure measure = agreement.expected().measure();
        Unit unit = measure.unit();
        @Nullable Estimate simulated = agreement.simulated();
        return List.of(
                row.variant(),
                measure.title(),
                exact(unit, agreement.expected().published()),
                simulated == null
                        ? "–"
                        : exact(unit, simulated.value())
                                + " ± "
                                + exact(unit, (simulated.high() - simulated.low()) / 2),
                simulated == null ? "0" : Long.toString(simulated.n()),
                simulated == null ? "–" : Line.of("%+.2f %%", 100 * agreement.deviation()),
                Line.of("%.2f %%", 100 * share(agreement)),
                mark(row.finding()));
    }

    /** Five digits: three would hide by how much they differ. */
    private static String exact(Unit unit, double value) {
        int scale = unit.scale(value);
        return Line.of("%.5g %s", value / unit.size(scale), unit.name(scale))
                .replaceFirst("(\\.[0-9]*?)0+( |$)", "$1$2")
                .replaceFirst("\\.( |$)", "$1")
                .strip();
    }

    private static double share(Agreement agreement) {
        return agreement.allowed() / Math.abs(agreement.expected().published());
    }

    /** By how much each figure differs, over a band of what is allowed; empty without figures. */
    public Optional<Plot> plot() {
        List<Row> shown = rows.stream().filter(row -> row.agreement().simulated() != null).toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        boolean severalMeasures =
                shown.stream().map(row -> row.agreement().expected().measure()).distinct().count()
                        > 1;
        var names = new ArrayList<String>();
        var marks = new ArrayList<Mark>();
        // An axis needs some width even where all is exact.
        double widest = 1e-4;
        for (Row row : shown) {
            Agreement agreement = row.agreement();
            Estimate simulated = agreement.simulated();
            if (simulated == null) {
                continue;
            }
            double published = agreement.expected().published();
            double share = share(agreement);
            double low = simulated.low() / published - 1;
            double high = simulated.high() / published - 1;
            widest = Math.max(widest, Math.max(share, Math.max(Math.abs(low), Math.abs(high))));
            marks.add(new Mark.Bar(-share, share, names.size(), 0.7, BAND));
            marks.add(
                    new Mark.AcrossInterval(
                            agreement.deviation(), low, high, names.size(), Style.of(0)));
            names.add(
                    severalMeasures
                            ? row.variant() + ": " + agreement.expected().measure().title()
                            : row.variant());
        }
        return Optional.of(
                new Plot(
                        experiment.name(),
                        experiment.question(),
                        "Simulated against published: the deviation of the mean with its 95 %"
                                + " interval; grey is what is allowed.",
                        new Axis(
                                "Deviation from the published figure (%)",
                                0.01, -110 * widest, 110 * widest, Axis.Scale.LINEAR),
                        Axis.rows(names),
                        List.of(),
                        marks));
    }
}
