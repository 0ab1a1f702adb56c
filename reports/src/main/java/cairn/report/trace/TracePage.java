package cairn.report.trace;

import cairn.report.Finding;
import cairn.report.PropertyOutcome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A view as one HTML page that needs nothing but itself. The same run gives the same bytes.
 *
 * @param title which run it is
 * @param command the command that makes the page again
 * @param outcomes what was judged; the page opens at the first violation
 * @param violatedAt when that was, in virtual nanoseconds; negative for never
 */
public record TracePage(
        String title, String command, List<PropertyOutcome> outcomes, long violatedAt) {

    public TracePage {
        outcomes = List.copyOf(outcomes);
    }

    /** The page. */
    public String html(TraceView view) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>Trace</title>\n<style>\n"
                + resource("trace.css")
                + "</style>\n</head>\n<body>\n"
                + resource("trace.html")
                + "<script type=\"application/json\" id=\"run\">"
                + data(view)
                + "</script>\n<script>\n"
                + resource("trace.js")
                + "</script>\n</body>\n</html>\n";
    }

    private String data(TraceView view) {
        var out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("title", title);
            json.writeStringField("command", command);
            json.writeNumberField("violatedAt", violatedAt);
            outcomes(json);
            lanes(json, view);
            events(json, view);
            json.writeEndObject();
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return out.toString().replace("<", "\\u003c").replace("\u2028", "\\u2028");
    }

    private void outcomes(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("outcomes");
        for (PropertyOutcome outcome : outcomes) {
            if (outcome.finding() != Finding.NOT_PROMISED) {
                json.writeStartArray();
                json.writeString(outcome.id());
                json.writeString(outcome.finding().words());
                json.writeString(outcome.explanation());
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }

    private static void lanes(JsonGenerator json, TraceView view) throws IOException {
        json.writeArrayFieldStart("lanes");
        for (TraceView.Lane lane : view.lanes()) {
            json.writeStartArray();
            json.writeString(lane.machine());
            json.writeString(lane.place().title());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("kinds");
        for (Kind kind : Kind.values()) {
            json.writeString(kind.title());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("spans");
        for (TraceView.Span span : view.spans()) {
            json.writeStartArray();
            json.writeNumber(span.lane());
            json.writeNumber(span.from());
            json.writeNumber(span.to());
            json.writeString(span.what());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("lines");
        for (TraceView.Line line : view.lines()) {
            json.writeStartArray();
            json.writeString(line.label());
            for (int event : line.events()) {
                json.writeNumber(event);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /**
     * Columns, for a run has hundreds of thousands of them; times as steps from one to the next.
     */
    @SuppressWarnings("EnumOrdinal") // The page has the kinds in their order.
    private static void events(JsonGenerator json, TraceView view) throws IOException {
        json.writeArrayFieldStart("times");
        for (int event = 0; event < view.size(); event++) {
            json.writeNumber(view.time(event) - (event == 0 ? 0 : view.time(event - 1)));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rows");
        for (int event = 0; event < view.size(); event++) {
            json.writeNumber(view.row(event));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("what");
        for (int event = 0; event < view.size(); event++) {
            json.writeNumber(view.kind(event).ordinal());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("texts");
        for (int event = 0; event < view.size(); event++) {
            json.writeString(view.text(event));
        }
        json.writeEndArray();
        json.writeFieldName("arrows");
        json.writeArray(view.arrows(), 0, view.arrows().length);
        json.writeArrayFieldStart("threads");
        for (String thread : view.threads()) {
            json.writeString(thread);
        }
        json.writeEndArray();
        json.writeFieldName("members");
        json.writeArray(view.memberships(), 0, view.memberships().length);
    }

    private static String resource(String name) {
        try (InputStream in = TracePage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
