package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.report.Finding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A finished trial as the journal holds it: one line with a checksum. It is made where the trial
 * ran, on whichever machine, and appended as it is.
 */
public final class Entry implements Serializable {

    private static final long serialVersionUID = 1;
    private static final int CHECKSUM = 10;
    private static final long BRIEF_NANOS = 1_000_000;
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
        int variants = experiment.variants().size();
        long seed = experiment.seeds().get(task / variants);
        Variant tried = experiment.variants().get(task % variants);
        long begun = System.nanoTime();
        Outcome outcome;
        try {
            outcome = tried.subject().run(new SeededChoices(seed), null);
        } catch (RuntimeException | Error e) {
            throw new TrialFailure(Commands.replay(experiment, tried, seed), e);
        }
        return of(task, task % variants, seed, outcome, System.nanoTime() - begun);
    }

    /**
     * A trial that was run already.
     *
     * @param task its number, as {@link #ofTrial} counts
     * @param nanos how long it ran
     */
    public static Entry of(int task, int variant, long seed, Outcome outcome, long nanos) {
        return new Entry(
                task,
                outcome.finding() == Finding.VIOLATED,
                nanos < BRIEF_NANOS,
                line(variant, seed, outcome));
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

    private static byte[] line(int variant, long seed, Outcome outcome) {
        var out = new LineBuffer();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("variant", variant);
            json.writeNumberField("seed", seed);
            json.writeFieldName("outcome");
            OutcomeText.write(outcome, json);
            json.writeEndObject();
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return out.withChecksum();
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

    /**
     * A line before its checksum, which is taken of it where it lies: short trials notice copies.
     */
    private static final class LineBuffer extends ByteArrayOutputStream {

        LineBuffer() {
            super(512);
        }

        /** With a space, eight digits and the end of the line. */
        byte[] withChecksum() {
            var crc = new CRC32C();
            crc.update(buf, 0, count);
            int checksum = (int) crc.getValue();
            write(' ');
            for (int shift = Integer.SIZE - 4; shift >= 0; shift -= 4) {
                write(Character.forDigit(checksum >>> shift & 0xf, 16));
            }
            write('\n');
            return toByteArray();
        }
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
