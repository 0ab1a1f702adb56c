package cairn.report;

import cairn.model.Activity;
import cairn.report.plot.Axis;
import cairn.report.plot.Fill;
import cairn.report.plot.Fill.Hatch;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

/** Where the time of all trials went, a row for each variant. */
final class BreakdownPlot {
    private BreakdownPlot() {}

    static Optional<Plot> of(ExperimentResult result) {
        var rows = new ArrayList<String>();
        var marks = new ArrayList<Mark>();
        var present = new ArrayList<Activity>();
        for (VariantResult variant : result.variants()) {
            var time = variant.pooled().time();
            if (time.wall() == 0) {
                continue;
            }
            double from = 0;
            for (Activity activity : Activity.values()) {
                double share = (double) time.nanos(activity) / time.wall();
                if (share > 0) {
                    present.add(activity);
                    marks.add(new Mark.Bar(from, from + share, rows.size(), 0.62, fill(activity)));
                }
                from += share;
            }
            rows.add(variant.label());
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Plot(
                        "breakdown",
                        "Where the time went",
                        "Share of the wall time; the parts sum to it exactly. All trials together, "
                                + Captions.trials(result)
                                + ".",
                        Axis.percent("Wall time"),
                        Axis.rows(rows),
                        Arrays.stream(Activity.values())
                                .filter(present::contains)
                                .<Plot.Key>map(a -> new Plot.FillKey(words(a), fill(a)))
                                .toList(),
                        marks));
    }

    private static String words(Activity activity) {
        return switch (activity) {
            case USEFUL -> "useful work";
            case CHECKPOINT_PAUSE -> "checkpoint pause";
            case FAULT_STALL -> "page-fault stall";
            case LOGGING -> "logging";
            case LOST -> "lost work";
            case RESTART -> "restart";
            case DOWN -> "down";
        };
    }

    private static Fill fill(Activity activity) {
        return switch (activity) {
            case USEFUL -> Fill.plain(new Color(0xD9DEE3));
            case CHECKPOINT_PAUSE -> Fill.plain(new Color(0x0072B2));
            case FAULT_STALL -> Fill.plain(new Color(0x56B4E9));
            case LOGGING -> new Fill(new Color(0xF0E442), Hatch.RISING);
            case LOST -> new Fill(new Color(0xD55E00), Hatch.FALLING);
            case RESTART -> new Fill(new Color(0xE69F00), Hatch.CROSSED);
            case DOWN -> Fill.plain(new Color(0x000000));
        };
    }
}
