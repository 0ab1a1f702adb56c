package cairn.verification.junit;

import cairn.fault.Answer;
import cairn.verification.Examined;
import cairn.verification.Runs;
import cairn.verification.Story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A test's folder of what it found: of each story the answers, its text and its space-time diagram;
 * and what its failure says of it.
 */
final class Transcripts {

    private static final String ANSWERS = ".answers";

    /** A failure shows so many answers; the file has all. */
    private static final int MOST_SHOWN = 40;

    private final Path folder;

    private Transcripts(Path folder) {
        this.folder = folder;
    }

    static Transcripts in(Path folder) {
        return new Transcripts(folder);
    }

    /** Those of a test: {@code target/cairn/CLASS.METHOD}. */
    static Transcripts of(Class<?> test, String method) {
        return in(Path.of("target", "cairn", test.getSimpleName() + "." + method));
    }

    /** Files of answers that earlier runs of the test left. */
    List<Path> kept() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ANSWERS)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The answers in a file.
     *
     * @throws AssertionError that names the file and says what to do, if there are none
     */
    static List<Answer> read(Path file) {
        try {
            return parsed(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new AssertionError("there is no transcript " + file.toAbsolutePath(), e);
        } catch (MalformedInputException | IllegalArgumentException e) {
            String why = e instanceof MalformedInputException ? "not text" : e.getMessage();
            throw new AssertionError(
                    file + " is no transcript: " + why + "; mend or delete it, and run again", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One answer to a line; lines that are blank or begin with # are passed over. */
    static List<Answer> parsed(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                .map(Answer::parse)
                .toList();
    }

    /** Writes a story under a name; returns the file of its text. */
    Path keep(String name, Story story) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(name, ANSWERS), joined(story.answers().stream(), "\n"));
            Files.write(file(name, ".txt"), story.timeline());
            Files.writeString(file(name, ".svg"), story.drawing());
            return file(name, ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name, String ending) {
        return folder.resolve(name + ending);
    }

    /** What a test that fails says of a story that is kept. */
    String failure(String name, Story story) {
        List<Answer> answers = story.answers();
        String shown =
                joined(answers.stream().limit(MOST_SHOWN), "\n")
                        + (answers.size() > MOST_SHOWN
                                ? "\n... " + (answers.size() - MOST_SHOWN) + " more in the file"
                                : "");
        return story.property()
                + " is violated: "
                + story.explanation()
                + "\n\n"
                + (answers.isEmpty() ? "by a run in which nothing fails: all is calm" : shown)
                + "\n\n"
                + String.join("\n", story.timeline())
                + "\n\ndrawn in "
                + file(name, ".svg")
                + "\nto replay it, in a test: "
                + "Trial.replayed(SCENARIO, Path.of(\""
                + file(name, ANSWERS)
                + "\")).mustHold()\n";
    }

    /**
     * What to say of a run that violated a property and does not when it is given the same answers.
     */
    static AssertionError notAgain(Runs runs, Examined examined) {
        String property = examined.breach().orElseThrow().property();
        String explanation = examined.breach().orElseThrow().explanation();
        return new AssertionError(
                property
                        + " was violated ("
                        + explanation
                        + "), and is not when the run is given the same answers again. "
                        + Vagary.of(runs, examined).map(Vagary::text).orElse(Vagary.ADVICE));
    }

    private static String joined(Stream<Answer> answers, String delimiter) {
        return answers.map(Answer::toString).collect(Collectors.joining(delimiter));
    }
}
