package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Seeds;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.Outcome;
import cairn.report.Finding;
import cairn.report.statistics.LongList;

import java.io.BufferedOutputStream;
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

/**
 * The trials of a campaign on disk, one line each, appended as soon as it is finished. Whoever is
 * killed loses what was under way and nothing else: a line that is torn or that does not fit its
 * checksum is cut off when the journal is opened again.
 *
 * <p>Only trials of less than a millisecond wait for company, until the last write is {@value
 * #COMPANY_NANOS} ns ago: a write for each would cost them as much as a twentieth of their time,
 * and whoever is killed loses no more of them than were made in that time.
 *
 * <p>Of a trial it remembers where its line begins and whether it violates something; beyond some
 * thousands of trials in a file. Safe for several threads.
 */
public final class Journal implements AutoCloseable {

    /** What it is called in the folder of the results. */
    public static final String FILE = "trials.jsonl";

    private static final long COMPANY_NANOS = 20_000_000;
    private static final int MOST_COMPANY_BYTES = 1 << 17;
    // No line of a trial begins where the header does.
    private static final long MISSING = 0;

    private final Path file;
    private final Header header;
    private final Seeds seeds;
    // Of each trial where its line begins, times two, and one more if it violates a property.
    private final LongList index;
    private final int variants;
    // Lines that are to be written behind the end.
    private final ByteBuffer company = ByteBuffer.allocateDirect(MOST_COMPANY_BYTES);
    private final Writing writing;
    private FileChannel channel;
    private long end;
    private long writtenAt = System.nanoTime();
    private int finished;
    private boolean ordered = true;
    private int last = -1;

    /** Writes some of the bytes at a place of the file, and answers how many. */
    @FunctionalInterface
    interface Writing {
        int write(FileChannel channel, ByteBuffer bytes, long at) throws IOException;
    }

    private Journal(
            Path file,
            Experiment experiment,
            String version,
            FileChannel channel,
            Writing writing) {
        this.file = file;
        this.writing = writing;
        this.header = Header.of(experiment, version);
        this.seeds = experiment.seeds();
        this.variants = experiment.variants().size();
        this.channel = channel;
        this.index = LongList.zeros(Math.multiplyExact(variants, seeds.size()));
    }

    /** A new journal in place of any that is there. */
    public static Journal begin(Path file, Experiment experiment, String version) {
        return begin(file, experiment, version, FileChannel::write);
    }

    /** The same on a disk that may fail. */
    static Journal begin(Path file, Experiment experiment, String version, Writing writing) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            var journal = new Journal(file, experiment, version, channel, writing);
            journal.append(ByteBuffer.wrap(journal.header.line().getBytes(StandardCharsets.UTF_8)));
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
            var journal = new Journal(file, experiment, version, channel, FileChannel::write);
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
        for (byte[] line = lines.next();
                line.length > 0 && Entry.isWhole(line);
                line = lines.next()) {
            index(line, shown);
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
            throw new UserMistake(shown + ": " + e.getMessage() + "; run without --resume");
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

    private void index(byte[] line, String shown) {
        Entry.Trial trial;
        try {
            trial = Entry.read(line);
        } catch (IllegalArgumentException e) {
            // Its checksum is right, so whoever wrote it meant it so.
            throw new UserMistake(
                    shown
                            + ": holds trials in the form of another version; run without --resume,"
                            + " or name another folder with --out");
        }
        int place = seeds.indexOf(trial.seed());
        if (place >= 0 && trial.variant() >= 0 && trial.variant() < variants) {
            boolean violated = trial.outcome().finding() == Finding.VIOLATED;
            note(place * variants + trial.variant(), end, violated);
        } else {
            // Of a seed that is not asked for any more.
            ordered = false;
        }
    }

    private void note(int task, long offset, boolean violated) {
        finished += index.get(task) == MISSING ? 1 : 0;
        index.set(task, 2 * offset + (violated ? 1 : 0));
        ordered &= task > last;
        last = task;
    }

    /** Whether the trial of a variant under the seed of a place is there. */
    public synchronized boolean has(int variant, int place) {
        return index.get(place * variants + variant) != MISSING;
    }

    /** Whether a trial is there that violates a property. */
    synchronized boolean isViolated(int variant, int place) {
        return (index.get(place * variants + variant) & 1) == 1;
    }

    /** How large the file is, in bytes. */
    synchronized long size() {
        return end + company.position();
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
        put(entry.task(), entry.line(), entry.isViolated());
        if (!entry.isBrief() || System.nanoTime() - writtenAt >= COMPANY_NANOS) {
            write();
        }
    }

    private void put(int task, byte[] line, boolean violated) {
        if (line.length > company.remaining()) {
            write();
        }
        long offset = end + company.position();
        if (line.length > company.remaining()) {
            append(ByteBuffer.wrap(line));
        } else {
            company.put(line);
        }
        note(task, offset, violated);
    }

    /** Writes what waits for company. */
    synchronized void write() {
        if (company.position() > 0) {
            append(company.duplicate().flip());
            company.clear();
        }
        writtenAt = System.nanoTime();
    }

    /** Writes all of it behind the end; if that fails, the next write begins at the same place. */
    private void append(ByteBuffer lines) {
        try {
            long at = end;
            while (lines.hasRemaining()) {
                at += writing.write(channel, lines, at);
            }
            end = at;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes over what another journal of the same experiment has. */
    public synchronized void addAll(Journal other) {
        for (int place = 0; place < seeds.size(); place++) {
            for (int variant = 0; variant < variants; variant++) {
                if (!has(variant, place) && other.has(variant, place)) {
                    put(
                            place * variants + variant,
                            other.line(variant, place),
                            other.isViolated(variant, place));
                }
            }
        }
        write();
    }

    /** The outcome of a trial that is there. */
    public Outcome outcome(int variant, int place) {
        return Entry.read(line(variant, place)).outcome();
    }

    private byte[] line(int variant, int place) {
        try {
            return Lines.at(channel, written(variant, place));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized long written(int variant, int place) {
        long known = index.get(place * variants + variant);
        if (known == MISSING) {
            throw new IllegalStateException(
                    "no trial of variant " + variant + " under seed " + seeds.get(place));
        }
        long offset = known >> 1;
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
        byte[] first = header.line().getBytes(StandardCharsets.UTF_8);
        long next = first.length;
        try (var out = new BufferedOutputStream(Files.newOutputStream(beside))) {
            out.write(first);
            for (int task = 0; task < index.size(); task++) {
                long known = index.get(task);
                if (known != MISSING) {
                    byte[] line = Lines.at(channel, known >> 1);
                    out.write(line);
                    index.set(task, 2 * next + (known & 1));
                    next += line.length;
                    last = task;
                }
            }
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        channel.close();
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        end = next;
        ordered = true;
    }

    @Override
    public synchronized void close() {
        try (FileChannel closing = channel) {
            write();
            closing.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
