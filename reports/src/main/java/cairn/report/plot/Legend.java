package cairn.report.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/** The names of series above a plot, side by side in as many lines as they need. */
final class Legend {
    private static final int LINE = 38;
    private static final int SAMPLE = 60;
    private static final int GAP = 12;
    private static final int BETWEEN = 34;

    private record Placed(Plot.Key key, String label, double x, int line) {}

    private final List<Placed> entries = new ArrayList<>();
    private final int lines;

    Legend(List<Plot.Key> keys, double width) {
        double x = 0;
        int line = 0;
        for (Plot.Key key : keys) {
            String label = Lettering.cut(key.label(), Lettering.NOTES, width - sample(key) - GAP);
            double wide = sample(key) + GAP + Lettering.width(label, Lettering.NOTES);
            if (x > 0 && x + wide > width) {
                x = 0;
                line++;
            }
            entries.add(new Placed(key, label, x, line));
            x += wide + BETWEEN;
        }
        lines = keys.isEmpty() ? 0 : line + 1;
    }

    int height() {
        return lines == 0 ? 0 : lines * LINE + 10;
    }

    void paint(Graphics2D g, double left) {
        for (Placed entry : entries) {
            double x = left + entry.x();
            double middle = 8 + entry.line() * LINE + LINE / 2.0;
            paintSample(g, entry.key(), x, middle);
            g.setColor(new Color(0x222222));
            Lettering.draw(
                    g, entry.label(), Lettering.NOTES, x + sample(entry.key()) + GAP, middle + 9);
        }
    }

    private static void paintSample(Graphics2D g, Plot.Key key, double x, double middle) {
        switch (key) {
            case Plot.SeriesKey(var _, var style, var line, var marker) -> {
                g.setColor(style.color());
                if (line) {
                    g.setStroke(style.stroke(4));
                    g.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
                }
                if (marker) {
                    g.fill(style.marker(x + sample(key) / 2, middle, 18));
                }
            }
            case Plot.FillKey(var _, var fill) ->
                    Hatching.fill(g, fill, x, middle - 13, x + sample(key), middle + 13);
        }
    }

    private static double sample(Plot.Key key) {
        return switch (key) {
            case Plot.SeriesKey series -> series.line() ? SAMPLE : 20;
            case Plot.FillKey _ -> 34;
        };
    }
}
