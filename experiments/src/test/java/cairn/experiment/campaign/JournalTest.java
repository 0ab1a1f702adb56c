package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.stream.Collectors.toSet;

import cairn.experiment.definition.Experiment;
import cairn.experiment.file.UserMistake;
import cairn.experiment.toy.Toy;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.report.Finding;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

class JournalTest {

    private static final Experiment TWO =
            Scripted.experiment(
                    List.of(
                            Scripted.variant("a", _ -> List.of(Scripted.found("P", Finding.HOLDS))),
                            Scripted.variant("b", _ -> List.of())),
                    4);

    @TempDir private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve(Journal.FILE);
    }

    private static Outcome outcome(int variant, int place) {
        return TWO.variants()
                .get(variant)
                .subject()
                .run(new SeededChoices(TWO.seeds().get(place)), null);
    }

    private void write(int... tasks) {
        try (Journal journal = Journal.begin(file, TWO, "1")) {
            for (int task : tasks) {
                journal.add(entry(task, Long.MAX_VALUE));
            }
        }
    }

    private Journal resume() {
        return Journal.resume(file, "shown", TWO, "1");
    }

    @Test
    void aTrialComesBackAsItWas() {
        Experiment toy = Toy.experiment(Toy.FORGETS);
        Outcome real = toy.variants().getFirst().subject().run(new SeededChoices(3), null);
        assertFalse(real.faults().isEmpty());
        try (Journal journal = Journal.begin(file, toy, "1")) {
            journal.add(entry(2, 0, 3, real, Long.MAX_VALUE));
            assertEquals(real, journal.outcome(0, 2));
        }
        try (Journal journal = Journal.resume(file, "shown", toy, "1")) {
            assertEquals(real, journal.outcome(0, 2));
            assertEquals(1, journal.finished());
            assertFalse(journal.has(0, 1));
        }
    }

    @Test
    void whereverTheFileIsCutWhatWasWholeIsThereAndTheRestCanBeWrittenAgain() throws IOException {
        write(0, 1, 2, 3, 4, 5, 6, 7);
        byte[] whole = Files.readAllBytes(file);
        int lines = 0;
        for (int length = 0; length <= whole.length; length++) {
            lines += length > 0 && whole[length - 1] == '\n' ? 1 : 0;
            // Every place near the end of a line, and some of the others.
            if (length % 97 != 0 && (length == 0 || whole[length - 1] != '\n')) {
                continue;
            }
            Files.write(file, Arrays.copyOf(whole, length));
            try (Journal journal = resume()) {
                assertEquals(Math.max(0, lines - 1), journal.finished(), "cut at " + length);
                for (int task = journal.finished(); task < 8; task++) {
                    journal.add(entry(task, Long.MAX_VALUE));
                }
                journal.order();
            }
            assertArrayEquals(whole, Files.readAllBytes(file), "cut at " + length);
        }
    }

    private static Entry entry(int task, long nanos) {
        int variant = task % 2;
        int place = task / 2;
        return entry(task, variant, TWO.seeds().get(place), outcome(variant, place), nanos);
    }

    @Test
    void aTrialThatTookLongIsOnDiskAtOnceWithAllThatWaited() throws IOException {
        try (Journal journal = Journal.begin(file, TWO, "1")) {
            journal.add(entry(0, 80_000));
            journal.add(entry(1, 80_000));
            journal.add(entry(2, 80_000_000));
            assertEquals(4, Files.readAllLines(file).size());
        }
    }

    @Test
    void aTrialThatWaitsForCompanyIsThereForWhoAsks() throws IOException {
        try (Journal journal = Journal.begin(file, TWO, "1")) {
            for (int task = 0; task < 8; task++) {
                journal.add(entry(task, 80_000));
                assertEquals(outcome(task % 2, task / 2), journal.outcome(task % 2, task / 2));
            }
            assertEquals(9, Files.readAllLines(file).size());
        }
    }

    /** A disk that takes seven bytes at a time, and now and then fails in the middle of a line. */
    private static Journal.Writing failing(Set<Integer> failures) {
        var writes = new AtomicInteger();
        return (channel, bytes, at) -> {
            if (failures.contains(writes.incrementAndGet())) {
                throw new IOException("no space left");
            }
            ByteBuffer some = bytes.slice(bytes.position(), Math.min(7, bytes.remaining()));
            int written = channel.write(some, at);
            bytes.position(bytes.position() + written);
            return written;
        };
    }

    @Test
    void whatADiskTakesPieceByPieceIsWhole() throws IOException {
        write(0, 1, 2);
        byte[] whole = Files.readAllBytes(file);
        try (Journal journal = Journal.begin(file, TWO, "1", failing(Set.of()))) {
            for (int task = 0; task < 3; task++) {
                journal.add(entry(task, Long.MAX_VALUE));
            }
        }
        assertArrayEquals(whole, Files.readAllBytes(file));
    }

    @Test
    void afterAWriteThatFailedHalfWayTheNextOneMakesItGood() throws IOException {
        write(0, 1, 2);
        byte[] whole = Files.readAllBytes(file);
        int header = Files.readAllLines(file).getFirst().length() + 1;
        // In the first trial's line, and again when it is written once more.
        int third = Math.ceilDiv(header, 7) + 3;
        try (Journal journal = Journal.begin(file, TWO, "1", failing(Set.of(third, third + 5)))) {
            for (int task = 0; task < 2; task++) {
                Entry entry = entry(task, Long.MAX_VALUE);
                assertThrows(UncheckedIOException.class, () -> journal.add(entry));
            }
            journal.add(entry(2, Long.MAX_VALUE));
            assertEquals(outcome(1, 0), journal.outcome(1, 0));
        }
        assertArrayEquals(whole, Files.readAllBytes(file));
    }

    @Test
    void whatWasHalfWrittenWhenTheDiskFailedForGoodIsCutOff() throws IOException {
        write(0);
        byte[] whole = Files.readAllBytes(file);
        Set<Integer> atLast = IntStream.range(whole.length / 7, 1_000).boxed().collect(toSet());
        Journal journal = Journal.begin(file, TWO, "1", failing(atLast));
        Entry entry = entry(0, Long.MAX_VALUE);
        assertThrows(UncheckedIOException.class, () -> journal.add(entry));
        assertThrows(UncheckedIOException.class, journal::close);
        assertTrue(Files.size(file) > Files.readAllLines(file).getFirst().length() + 1);
        try (Journal again = resume()) {
            assertEquals(0, again.finished());
            again.add(entry);
        }
        assertArrayEquals(whole, Files.readAllBytes(file));
    }

    @Test
    void aLineThatDoesNotFitItsChecksumIsNotATrial() throws IOException {
        write(0, 1, 2);
        byte[] whole = Files.readAllBytes(file);
        whole[whole.length - 30] ^= 1;
        Files.write(file, whole);
        try (Journal journal = resume()) {
            assertEquals(2, journal.finished());
        }
    }

    @Test
    void whoeverFinishedFirstTheOrderedFileIsTheSame() throws IOException {
        write(0, 1, 2, 3, 4, 5, 6, 7);
        byte[] whole = Files.readAllBytes(file);
        write(5, 2, 7, 0, 1, 4, 3, 6);
        assertFalse(Arrays.equals(whole, Files.readAllBytes(file)));
        try (Journal journal = resume()) {
            journal.order();
            assertEquals(outcome(1, 2), journal.outcome(1, 2));
            assertEquals(8, journal.finished());
        }
        assertArrayEquals(whole, Files.readAllBytes(file));
    }

    @Test
    void trialsInTheFormOfAnEarlierVersionAreRefusedInOneSentence() throws IOException {
        write(0, 1);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        // Before there were migrations a trial had seven counts, and fewer steps had three numbers.
        for (String other :
                List.of(
                        body(lines.get(1)).replace(",0,0,0,0,0],", "],"),
                        body(lines.get(1)).replace("HOLDS", "FITS"),
                        body(lines.get(1)).replace("[0,0,0,0,0,0,0,0]", "[0,0,0,0,0,0,0]"))) {
            assertNotEquals(body(lines.get(1)), other);
            Files.writeString(
                    file, lines.getFirst() + "\n" + checked(other) + lines.getLast() + "\n");
            assertEquals(
                    "shown: holds trials in the form of another version; run without --resume, or"
                            + " name another folder with --out",
                    assertThrows(UserMistake.class, this::resume).getMessage());
        }
        Files.writeString(
                file, lines.getFirst() + "\n" + checked(body(lines.get(1))) + lines.getLast());
        try (Journal journal = resume()) {
            assertEquals(1, journal.finished());
        }
    }

    private static String body(String line) {
        return line.substring(0, line.lastIndexOf(' '));
    }

    /** The line with the checksum that whoever wrote it would have given it. */
    private static String checked(String body) {
        var crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return body + " " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
    }

    @Test
    void trialsOfAnotherExperimentOrVersionAreNotTakenFor() throws IOException {
        write(0);
        UserMistake mistake =
                assertThrows(UserMistake.class, () -> Journal.resume(file, "shown", TWO, "2"));
        assertEquals(
                "shown: holds trials of version 1; run without --resume, or name another folder"
                        + " with --out",
                mistake.getMessage());
        Experiment other = Toy.experiment(Toy.FORGETS);
        assertTrue(
                String.valueOf(
                                assertThrows(
                                                UserMistake.class,
                                                () -> Journal.resume(file, "shown", other, "1"))
                                        .getMessage())
                        .contains("another experiment"));
        Files.writeString(file, "something else\n");
        assertEquals(
                "shown: is not a journal of trials; run without --resume",
                assertThrows(UserMistake.class, this::resume).getMessage());
    }

    private static Entry entry(int task, int variant, long seed, Outcome outcome, long nanos) {
        return new FinishedTrial(task, variant, seed, outcome, nanos).entry(new EntryWriter());
    }
}
