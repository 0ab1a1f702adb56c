package cairn.report.plot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.awt.Color;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * Plots as JSON, for a page that draws them itself so that they can be zoomed and asked. Figures
 * have six significant digits; what is not there is null.
 */
public final class PlotData {
    private static final MathContext DIGITS = new MathContext(6);

    private final JsonGenerator json;

    private PlotData(JsonGenerator json) {
        this.json = json;
    }

    /** A list of the plots; without a sign that could end the script that it stands in. */
    public static String text(List<Plot> plots) {
        var out = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
            generator.writeStartArray();
            for (Plot plot : plots) {
                generator.writeRaw('\n');
                new PlotData(generator).plot(plot);
            }
            generator.writeEndArray();
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return out.toString().replace("<", "\\u003c").replace("\u2028", "\\u2028");
    }

    private void plot(Plot plot) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", plot.name());
        json.writeStringField("title", plot.title());
        axis("x", plot.x());
        axis("y", plot.y());
        json.writeArrayFieldStart("legend");
        for (Plot.Key key : plot.legend()) {
            json.writeStartObject();
            json.writeStringField("label", key.label());
            switch (key) {
                case Plot.SeriesKey series -> {
                    style(series.style());
                    json.writeBooleanField("line", series.line());
                    json.writeBooleanField("marker", series.marker());
                }
                case Plot.FillKey area -> fill(area.fill());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("marks");
        for (Mark mark : plot.marks()) {
            json.writeStartObject();
            mark(mark);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void axis(String name, Axis axis) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("title", axis.title());
        number("unit", axis.unit());
        number("low", axis.low());
        number("high", axis.high());
        json.writeStringField(
                "scale",
                switch (axis.scale()) {
                    case LINEAR -> "linear";
                    case LOGARITHMIC -> "log";
                    case PERCENTILE, NAMES -> axis.scale().name().toLowerCase(Locale.ROOT);
                });
        json.writeArrayFieldStart("names");
        for (String each : axis.names()) {
            json.writeString(each);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void mark(Mark mark) throws IOException {
        switch (mark) {
            case Mark.Curve(var points, var style, _) -> {
                json.writeStringField("t", "curve");
                style(style);
                points(points);
            }
            case Mark.Dots(var points, var style) -> {
                json.writeStringField("t", "dots");
                style(style);
                points(points);
            }
            case Mark.AcrossInterval(var x, var low, var high, var y, var style) ->
                    interval("across", x, y, low, high, style);
            case Mark.UpInterval(var x, var y, var low, var high, var style) ->
                    interval("up", x, y, low, high, style);
            case Mark.Bar(var from, var to, var y, var thickness, var fill) -> {
                json.writeStringField("t", "bar");
                number("from", from);
                number("to", to);
                number("y", y);
                number("h", thickness);
                fill(fill);
            }
            case Mark.Note(var x, var y, var text) -> {
                json.writeStringField("t", "note");
                place(x, y);
                json.writeStringField("text", text);
            }
            case Mark.Cell(var x, var y, var share, var text, var note) -> {
                json.writeStringField("t", "cell");
                place(x, y);
                number("share", share);
                json.writeStringField("color", hex(Ramp.at(share)));
                json.writeStringField("text", text);
                json.writeStringField("note", note);
            }
            case Mark.Rule(var x, var label) -> {
                json.writeStringField("t", "rule");
                number("x", x);
                json.writeStringField("label", label);
            }
        }
    }

    private void interval(String kind, double x, double y, double low, double high, Style style)
            throws IOException {
        json.writeStringField("t", kind);
        place(x, y);
        number("low", low);
        number("high", high);
        style(style);
    }

    private void place(double x, double y) throws IOException {
        number("x", x);
        number("y", y);
    }

    private void points(List<Point> points) throws IOException {
        json.writeArrayFieldStart("p");
        for (Point point : points) {
            number(point.x());
            number(point.y());
        }
        json.writeEndArray();
    }

    private void style(Style style) throws IOException {
        json.writeNumberField("s", style.number());
        json.writeArrayFieldStart("dash");
        for (float length : style.dash()) {
            json.writeNumber(length);
        }
        json.writeEndArray();
    }

    private void fill(Fill fill) throws IOException {
        json.writeObjectFieldStart("fill");
        json.writeStringField("color", hex(fill.color()));
        json.writeStringField("hatch", fill.hatch().name());
        json.writeEndObject();
    }

    private void number(String name, double value) throws IOException {
        json.writeFieldName(name);
        number(value);
    }

    private void number(double value) throws IOException {
        if (!Double.isFinite(value)) {
            json.writeNull();
            return;
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        // An exponent only where zeros would be longer.
        json.writeNumber(
                Math.abs(rounded.scale()) < 8 ? rounded.toPlainString() : rounded.toString());
    }

    private static String hex(Color color) {
        return String.format(
                Locale.ROOT, "#%02x%02x%02x", color.getRed(), color.getGreen(), color.getBlue());
    }
}
