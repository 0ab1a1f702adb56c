package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.trial.Outcome;
import cairn.report.Finding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A finished trial as the journal holds it: one line with a checksum. It is made where the trial
 * ran, on whichever machine, and appended as it is.
 */
public final class Entry implements Serializable {

    private static final long serialVersionUID = 1;
    private static final int CHECKSUM = 10;
    private static final JsonFactory JSON = new JsonFactory();

    private final int task;
    private final boolean violated;
    private final boolean brief;
    private final byte[] line;

    private Entry(int task, boolean violated, boolean brief, byte[] line) {
        this.task = task;
        this.violated = violated;
        this.brief = brief;
        this.line = line;
    }

    /**
     * Runs a trial of an experiment. Trials are numbered seed by seed, all variants of a seed one
     * after another.
     *
     * @throws TrialFailure if the trial threw what it should not
     */
    public static Entry ofTrial(Experiment experiment, int task) {
        return FinishedTrial.run(experiment, task).entry(new EntryWriter());
    }

    /** A trial that was put into a line already. */
    static Entry of(FinishedTrial trial, byte[] line) {
        boolean violated = trial.outcome().finding() == Finding.VIOLATED;
        return new Entry(trial.task(), violated, trial.isBrief(), line);
    }

    int task() {
        return task;
    }

    boolean isViolated() {
        return violated;
    }

    /** Whether it took so little time that it may be lost with the process and be made again. */
    boolean isBrief() {
        return brief;
    }

    /** Not a copy: a journal appends it as it is. */
    byte[] line() {
        return line;
    }

    static boolean isWhole(byte[] line) {
        int body = line.length - CHECKSUM;
        if (body <= 0) {
            return false;
        }
        var again = new LineBuffer();
        again.write(line, 0, body);
        return Arrays.equals(again.withChecksum(), line);
    }

    /** What a line says. */
    record Trial(int variant, long seed, Outcome outcome) {}

    /** Reads a line; throws {@link IllegalArgumentException} if it has another form. */
    static Trial read(byte[] line) {
        try (JsonParser json = JSON.createParser(line)) {
            // {"variant": V, "seed": S, "outcome":
            json.nextToken();
            json.nextToken();
            int variant = json.nextIntValue(-1);
            json.nextToken();
            long seed = json.nextLongValue(-1);
            json.nextToken();
            return new Trial(variant, seed, OutcomeText.read(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a trial", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
