package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.file.UserMistake;
import cairn.report.Configuration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first line of a journal: of which experiment its trials are. It holds all that is needed to
 * make the experiment again.
 *
 * @param version of the tool: another one may find other outcomes
 * @param trials the hash of what determines trials; equal hashes and versions, equal trials
 * @param file what the user called the experiment's file
 * @param overrides what the command line changed, one a line
 * @param text of the file
 */
public record Header(
        String version,
        String trials,
        String file,
        String overrides,
        String text,
        String configuration) {

    private static final String FORMAT = "cairn-trials/1";

    /** The header of a journal of an experiment. */
    public static Header of(Experiment experiment, String version) {
        return new Header(
                version,
                experiment.trialsHash(),
                experiment.file(),
                String.join("\n", experiment.overrides()),
                experiment.text(),
                experiment.configuration().text());
    }

    /** Whether trials under one header may stand for trials under the other. */
    boolean fits(Header other) {
        return version.equals(other.version) && trials.equals(other.trials);
    }

    /** The line of it, with its end. */
    public String line() {
        var out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeStringField("version", version);
            json.writeStringField("trials", trials);
            json.writeStringField("file", file);
            json.writeStringField("overrides", overrides);
            json.writeStringField("text", text);
            json.writeStringField("configuration", configuration);
            json.writeEndObject();
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return out.append('\n').toString();
    }

    /** The experiment again. */
    public Experiment experiment(ExperimentReader reader) {
        return reader.again(
                file,
                text,
                overrides.isEmpty() ? List.of() : List.of(overrides.split("\n", -1)),
                new Configuration(configuration));
    }

    /**
     * The header of a journal.
     *
     * @param shown names the file in messages
     * @throws UserMistake if it is no journal
     */
    public static Header read(Path journal, String shown) {
        try (FileChannel channel = FileChannel.open(journal)) {
            return read(new String(new Lines(channel).next(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | IOException e) {
            throw new UserMistake(shown + ": is not a journal of trials");
        }
    }

    /** Reads a line; throws {@link IllegalArgumentException} if it is no header. */
    public static Header read(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("is not a journal of trials");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("is not a journal of trials", e);
        }
        if (!FORMAT.equals(fields.get("format")) || fields.size() != 7) {
            throw new IllegalArgumentException("is not a journal of trials");
        }
        return new Header(
                fields.getOrDefault("version", ""),
                fields.getOrDefault("trials", ""),
                fields.getOrDefault("file", ""),
                fields.getOrDefault("overrides", ""),
                fields.getOrDefault("text", ""),
                fields.getOrDefault("configuration", ""));
    }
}
