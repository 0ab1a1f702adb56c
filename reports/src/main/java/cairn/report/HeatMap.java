package cairn.report;

import cairn.report.plot.Axis;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Quantity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A measure over two settings that were swept against each other: a cell for each pair of values,
 * darker for more, with the figure and its interval written into it.
 */
final class HeatMap {
    private static final int FEWEST = 2;
    private static final int MOST_COLUMNS = 8;

    private HeatMap() {}

    private record Cell(int column, int row, Estimate estimate) {}

    /** The map, if exactly two settings differ, each pair of values once, and it is a sweep. */
    static Optional<Plot> of(ExperimentResult result, List<String> keys, Measure measure) {
        if (keys.size() != 2) {
            return Optional.empty();
        }
        List<String> first = values(result, keys.get(0));
        List<String> second = values(result, keys.get(1));
        boolean grid =
                first.size() * second.size() == result.variants().size()
                        && Math.min(first.size(), second.size()) >= FEWEST
                        && Math.max(first.size(), second.size()) > FEWEST;
        // The longer list goes down, where there is room.
        boolean turned = first.size() > second.size();
        List<String> columns = turned ? second : first;
        List<String> rows = turned ? first : second;
        String across = keys.get(turned ? 1 : 0);
        String down = keys.get(turned ? 0 : 1);
        if (!grid || columns.size() > MOST_COLUMNS) {
            return Optional.empty();
        }
        var cells = new ArrayList<Cell>();
        for (VariantResult variant : result.variants()) {
            measure.estimate(variant)
                    .ifPresent(estimate ->
                            cells.add(
                                    new Cell(
                                            columns.indexOf(variant.setting(across)),
                                            rows.indexOf(variant.setting(down)),
                                            estimate)));
        }
        return cells.size() < 2 * FEWEST
                ? Optional.empty()
                : Optional.of(plot(result, measure, across, down, columns, rows, cells));
    }

    private static Plot plot(
            ExperimentResult result,
            Measure measure,
            String across,
            String down,
            List<String> columns,
            List<String> rows,
            List<Cell> cells) {
        double least = cells.stream().mapToDouble(c -> c.estimate().value()).min().orElse(0);
        double most = cells.stream().mapToDouble(c -> c.estimate().value()).max().orElse(0);
        boolean logarithmic = Axis.isWide(least, most);
        var marks = new ArrayList<Mark>();
        for (Cell cell : cells) {
            Estimate estimate = cell.estimate();
            marks.add(
                    new Mark.Cell(
                            cell.column(),
                            cell.row(),
                            share(estimate.value(), least, most, logarithmic),
                            measure.unit().text(estimate.value()),
                            estimate.hasInterval()
                                    ? measure.unit().text(estimate.low(), estimate.high())
                                    : "no interval"));
        }
        return new Plot(
                "map-" + measure.id().replaceAll("[^a-z0-9]+", "-"),
                measure.title() + " over " + across + " and " + down,
                measure.title()
                        + " over "
                        + across
                        + " (across) and "
                        + down
                        + " (down), darker for more"
                        + (logarithmic ? " on a logarithmic scale" : "")
                        + ". In each cell the mean over trials and its 95 % confidence interval"
                        + " (Student's t); "
                        + Captions.trials(result)
                        + ".",
                Axis.columns(Sweeps.name(across), columns),
                Axis.rows(rows.stream().map(row -> Sweeps.name(down) + " " + row).toList()),
                List.of(),
                marks);
    }

    private static double share(double value, double least, double most, boolean logarithmic) {
        if (most == least) {
            return 0;
        }
        return logarithmic
                ? Math.log(value / least) / Math.log(most / least)
                : (value - least) / (most - least);
    }

    /** In the order of their size if all are quantities, else in that of the file. */
    private static List<String> values(ExperimentResult result, String key) {
        List<String> values =
                result.variants().stream().map(v -> v.setting(key)).distinct().toList();
        boolean quantities = values.stream().allMatch(v -> Quantity.parse(v).isPresent());
        return quantities
                ? values.stream()
                        .sorted(
                                Comparator.comparingDouble(
                                        v -> Quantity.parse(v).orElseThrow().value()))
                        .toList()
                : values;
    }
}
