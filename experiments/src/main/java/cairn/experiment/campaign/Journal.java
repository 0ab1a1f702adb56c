package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.Outcome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trials of a campaign on disk, one line each, appended as soon as it is finished. Whoever is
 * killed loses what was under way and nothing else: a line that is torn or that does not fit its
 * checksum is cut off when the journal is opened again.
 *
 * <p>Only trials of less than a millisecond wait for company, until the last write is {@value
 * #COMPANY_NANOS} ns ago: a write for each would cost them as much as a twentieth of their time,
 * and whoever is killed loses no more of them than were made in that time.
 *
 * <p>In memory is where each trial's line begins, eight bytes for each, and no trial. Safe for
 * several threads.
 */
public final class Journal implements AutoCloseable {

    /** What it is called in the folder of the results. */
    public static final String FILE = "trials.jsonl";

    private static final long COMPANY_NANOS = 2_000_000;
    private static final int MOST_COMPANY_BYTES = 1 << 16;
    private static final long MISSING = -1;
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final Header header;
    private final List<Long> seeds;
    private final long[] offsets;
    private final int variants;
    // Lines that are to be written behind the end.
    private final ByteArrayOutputStream company = new ByteArrayOutputStream();
    private FileChannel channel;
    private long end;
    private long writtenAt = System.nanoTime();
    private int finished;
    private boolean ordered = true;
    private int last = -1;

    private Journal(Path file, Experiment experiment, String version, FileChannel channel) {
        this.file = file;
        this.header = Header.of(experiment, version);
        this.seeds = experiment.seeds();
        this.variants = experiment.variants().size();
        this.channel = channel;
        this.offsets = new long[Math.multiplyExact(variants, seeds.size())];
        Arrays.fill(offsets, MISSING);
    }

    /** A new journal in place of any that is there. */
    public static Journal begin(Path file, Experiment experiment, String version) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            var journal = new Journal(file, experiment, version, channel);
            journal.append(journal.header.line().getBytes(StandardCharsets.UTF_8));
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The journal of an earlier run of the same experiment, or a new one if there is none.
     *
     * @param shown names the file in messages
     * @throws UserMistake if it is of another experiment or version, or no journal at all
     */
    public static Journal resume(Path file, String shown, Experiment experiment, String version) {
        if (!Files.exists(file)) {
            return begin(file, experiment, version);
        }
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var journal = new Journal(file, experiment, version, channel);
            if (!journal.load(shown)) {
                channel.close();
                return begin(file, experiment, version);
            }
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a header; without one the journal was never begun. */
    private boolean load(String shown) throws IOException {
        var lines = new Lines(channel);
        byte[] first = lines.next();
        if (first.length == 0) {
            return false;
        }
        refuseOther(first, shown);
        // A header that asks for other seeds, say, gives way to the one of this run.
        ordered = Arrays.equals(first, header.line().getBytes(StandardCharsets.UTF_8));
        end = lines.position();
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < seeds.size(); i++) {
            places.put(seeds.get(i), i);
        }
        for (byte[] line = lines.next();
                line.length > 0 && Entry.isWhole(line);
                line = lines.next()) {
            index(line, places);
            end = lines.position();
        }
        channel.truncate(end);
        return true;
    }

    private void refuseOther(byte[] line, String shown) {
        Header found;
        try {
            found = Header.read(new String(line, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new UserMistake(shown + ": is not a journal of trials; run without --resume");
        }
        if (!found.fits(header)) {
            throw new UserMistake(
                    shown
                            + ": holds trials of "
                            + (found.version().equals(header.version())
                                    ? "another experiment or other settings"
                                    : "version " + found.version())
                            + "; run without --resume, or name another folder with --out");
        }
    }

    private void index(byte[] line, Map<Long, Integer> places) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            json.nextToken();
            int variant = json.nextIntValue(-1);
            json.nextToken();
            Integer place = places.get(json.nextLongValue(-1));
            if (place != null && variant >= 0 && variant < variants) {
                note(place * variants + variant, end);
            } else {
                // Of a seed that is not asked for any more.
                ordered = false;
            }
        }
    }

    private void note(int task, long offset) {
        finished += offsets[task] == MISSING ? 1 : 0;
        offsets[task] = offset;
        ordered &= task > last;
        last = task;
    }

    /** Whether the trial of a variant under the seed of a place is there. */
    public synchronized boolean has(int variant, int place) {
        return offsets[place * variants + variant] != MISSING;
    }

    /** How many trials are there. */
    public synchronized int finished() {
        return finished;
    }

    /**
     * Appends a trial; when this returns, it survives the end of the process, unless it was so
     * short that it waits for others.
     */
    public synchronized void add(Entry entry) {
        note(entry.task(), end + company.size());
        company.writeBytes(entry.line());
        if (!entry.isBrief()
                || company.size() >= MOST_COMPANY_BYTES
                || System.nanoTime() - writtenAt >= COMPANY_NANOS) {
            write();
        }
    }

    /** Writes what waits for company. */
    synchronized void write() {
        if (company.size() > 0) {
            append(company.toByteArray());
            company.reset();
        }
        writtenAt = System.nanoTime();
    }

    /** Appends what came of a variant under the seed of a place. */
    void add(int variant, int place, Outcome outcome) {
        // Of another journal, so it was worth a line already.
        add(
                Entry.of(
                        place * variants + variant,
                        variant,
                        seeds.get(place),
                        outcome,
                        Long.MAX_VALUE));
    }

    private void append(byte[] line) {
        try {
            var buffer = ByteBuffer.wrap(line);
            while (buffer.hasRemaining()) {
                channel.write(buffer, end + buffer.position());
            }
            end += line.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes over what another journal of the same experiment has. */
    public void addAll(Journal other) {
        for (int place = 0; place < seeds.size(); place++) {
            for (int variant = 0; variant < variants; variant++) {
                if (!has(variant, place) && other.has(variant, place)) {
                    add(variant, place, other.outcome(variant, place));
                }
            }
        }
    }

    /** The outcome of a trial that is there. */
    public Outcome outcome(int variant, int place) {
        try {
            return Entry.outcome(Lines.at(channel, written(variant, place)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized long written(int variant, int place) {
        long offset = offsets[place * variants + variant];
        if (offset == MISSING) {
            throw new IllegalStateException(
                    "no trial of variant " + variant + " under seed " + seeds.get(place));
        }
        if (offset >= end) {
            write();
        }
        return offset;
    }

    /**
     * Puts the lines in the order of seeds and variants, whoever finished first, so that the same
     * experiment leaves the same file. The old one stays until the new one is whole.
     */
    public synchronized void order() throws IOException {
        write();
        if (ordered) {
            channel.force(false);
            return;
        }
        Path beside = file.resolveSibling("." + file.getFileName() + ".part");
        try (var out = Files.newOutputStream(beside)) {
            out.write(header.line().getBytes(StandardCharsets.UTF_8));
            for (long offset : offsets) {
                if (offset != MISSING) {
                    out.write(Lines.at(channel, offset));
                }
            }
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        channel.close();
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        reindex();
    }

    private void reindex() throws IOException {
        last = -1;
        finished = 0;
        Arrays.fill(offsets, MISSING);
        load(file.toString());
    }

    @Override
    public synchronized void close() {
        write();
        try {
            channel.force(false);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
