package cairn.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.report.statistics.Unit;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

final class AxisTest {
    @Test
    void aLogarithmicAxisReachesRoundNumbersAroundItsValues() {
        Axis axis = Axis.logarithmic("Latency", Unit.NANOSECONDS, 2_300, 41_000, 0, Double.NaN);
        assertEquals("Latency (µs)", axis.title());
        assertEquals(2, axis.low(), 1e-12);
        assertEquals(50, axis.high(), 1e-9);
        assertEquals(10, axis.at(10_000), 1e-12);
    }

    @Test
    void valuesBeyondTheEndsAreDrawnAtTheEnds() {
        Axis axis = Axis.logarithmic("Latency", Unit.NANOSECONDS, 2_300, 41_000);
        assertEquals(2, axis.at(-5), 1e-12);
        assertEquals(50, axis.at(1e9), 1e-9);
    }

    @Test
    void anAxisFromZeroHasRoomEvenIfNothingIsMoreThanZero() {
        assertEquals(1, Axis.fromZero("Rate", Unit.PER_SECOND, 0, 0).high(), 0);
        assertTrue(Axis.fromZero("Rate", Unit.PER_SECOND, 84_000).high() > 84);
    }

    @Test
    void anAxisOfSharesEndsAtTheWhole() {
        assertEquals(100, Axis.fromZero("Overhead", Unit.SHARE, 0.97 * 1.3).high(), 1e-9);
        assertEquals(100, Axis.logarithmic("Overhead", Unit.SHARE, 0.02, 0.97).high(), 1e-9);
        assertEquals(52, Axis.fromZero("Overhead", Unit.SHARE, 0.5).high(), 1e-9);
    }

    @Test
    void anAxisWithoutExtentIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new Axis("x", 1, 3, 3, Axis.Scale.LINEAR));
        assertThrows(
                IllegalArgumentException.class,
                () -> Axis.logarithmic("x", Unit.COUNT, 0, -1, Double.NaN));
    }

    @Test
    void tickLabelsAreShortAndNeverTwoTheSame() {
        assertEquals("0", Axis.plain(0));
        assertEquals("0.25", Axis.plain(0.25));
        assertEquals("1000", Axis.plain(1000));
        assertEquals("10k", Axis.plain(10_000));
        assertEquals("2e6", Axis.plain(2_000_000));
        assertEquals("12345", Axis.plain(12_345));
    }

    @Test
    void seriesAreToldApartByColourDashAndMarkerTogether() {
        var seen = new ArrayList<List<Object>>();
        for (int i = 0; i < 35; i++) {
            Style style = Style.of(i);
            float[] dash = style.stroke(4).getDashArray();
            seen.add(List.of(style.color(), dash == null ? "" : Arrays.toString(dash)));
        }
        assertEquals(35, seen.stream().distinct().count());
    }

    @Test
    void namesOfAnyLengthAndKindAreDrawn() {
        var plot =
                new Plot(
                        "p",
                        "t",
                        "c",
                        new Axis("$x$", 1, 0, 10, Axis.Scale.LINEAR),
                        Axis.rows(
                                List.of(
                                        "x".repeat(300),
                                        "two\nlines\u0007 and more words than fit in a row")),
                        List.of(new Plot.SeriesKey("y ".repeat(400), Style.of(0), true, true)),
                        List.of(
                                new Mark.Rule(5, "z".repeat(200)),
                                new Mark.Note(1, 0, ""),
                                new Mark.AcrossInterval(
                                        5, Double.NaN, Double.NaN, 0, Style.of(1))));
        String svg = Images.svg(plot);
        assertTrue(svg.startsWith("<svg xmlns") && svg.endsWith("</svg>\n"));
        assertTrue(Images.png(plot).length > 1000);
    }

    @Test
    void theBarsOfASingleRowLieInItsMiddle() {
        var axis = new Axis("x", 1, 0, 10, Axis.Scale.LINEAR);
        var frame = new Frame(axis, Axis.rows(List.of("row")), 800, 174);
        double middle = (frame.top() + frame.bottom()) / 2;
        assertEquals(middle, frame.y(0), 1);
        assertTrue(frame.bottom() - frame.top() > 30, "the row has a height");
    }
}
