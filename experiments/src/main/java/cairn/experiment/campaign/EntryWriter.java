package cairn.experiment.campaign;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Puts finished trials into lines, one after another; a thread has its own. */
final class EntryWriter {

    // A line is whole by itself: nothing stands between it and the one before.
    private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator("").build();

    private final LineBuffer line = new LineBuffer();
    private final JsonGenerator json;

    EntryWriter() {
        try {
            json = JSON.createGenerator(line);
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
    }

    /** What the journal is to have of it. */
    byte[] line(FinishedTrial trial) {
        line.reset();
        try {
            json.writeStartObject();
            json.writeNumberField("variant", trial.variant());
            json.writeNumberField("seed", trial.seed());
            json.writeFieldName("outcome");
            OutcomeText.write(trial.outcome(), json);
            json.writeEndObject();
            json.flush();
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return line.withChecksum();
    }
}
