package cairn.report;

import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Style;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What theories say, drawn into the plots of sweeps. */
final class Theories {
    // Optima that lie this near to each other are drawn as one.
    private static final double AT_ONE = 0.005;

    // With more, twice as many names as there are curves would be too many.
    private static final int MOST_TOLD = 4;

    private Theories() {}

    /**
     * Curves of one theory look the same and have one name, unless there are so few that each can
     * be told, in the colour of what it is of; optima at one place have one name.
     *
     * @param series the number of the series that a prediction is of
     */
    static void add(
            List<Prediction> predictions,
            ToIntFunction<Prediction> series,
            List<Plot.Key> keys,
            List<Mark> marks) {
        SequencedMap<Double, String> optima = new LinkedHashMap<>();
        boolean told = areTold(predictions);
        for (Prediction prediction : predictions) {
            Style style =
                    told ? Style.referenceTo(series.applyAsInt(prediction)) : Style.reference();
            String name = told ? prediction.label() : theory(prediction);
            var key = new Plot.SeriesKey(name, style, true, false);
            if (!prediction.curve().isEmpty()) {
                marks.addFirst(new Mark.Curve(prediction.curve(), style, false));
                if (keys.stream().noneMatch(other -> other.label().equals(key.label()))) {
                    keys.add(key);
                }
            }
            prediction
                    .optimum()
                    .ifPresent(optimum -> {
                        double place =
                                optima.keySet().stream()
                                        .filter(other -> Math.abs(optimum / other - 1) < AT_ONE)
                                        .findFirst()
                                        .orElse(optimum);
                        optima.merge(place, prediction.label(), (_, _) -> theory(prediction));
                    });
        }
        optima.forEach((optimum, label) -> marks.addFirst(new Mark.Rule(optimum, label)));
    }

    private static boolean areTold(List<Prediction> predictions) {
        long curves = predictions.stream().filter(p -> !p.curve().isEmpty()).count();
        return curves > 1 && curves <= MOST_TOLD;
    }

    /** The label of a prediction without the curve that it is of. */
    static String theory(Prediction prediction) {
        return prediction.label().split(", ", 2)[0];
    }

    /** Whether a prediction is of one of the curves. */
    static boolean isOf(List<VariantResult> variants, List<String> others, Prediction p) {
        String curve = p.label().substring(Math.min(p.label().length(), theory(p).length() + 2));
        return curve.isEmpty()
                || variants.stream().anyMatch(v -> Sweeps.values(v, others, false).equals(curve));
    }

    /** What is dashed, for the caption. */
    static String said(List<Prediction> predictions) {
        if (predictions.isEmpty()) {
            return "";
        }
        return " Dashed: what theory says ("
                + predictions.stream()
                        .map(Theories::theory)
                        .distinct()
                        .collect(Collectors.joining(", "))
                + ")"
                + (areTold(predictions) ? ", in the colour of what it is of" : "")
                + ", vertical where it puts the optimum.";
    }
}
