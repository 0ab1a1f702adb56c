package cairn.experiment.exploration;

import cairn.experiment.campaign.AnswersFile;
import cairn.experiment.campaign.Origin;
import cairn.experiment.file.Line;
import cairn.model.choice.Mix;
import cairn.verification.Story;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of what searches found. It only grows, and each file appears whole: whoever is killed
 * loses nothing that was found, and the folders of several machines are merged by copying.
 *
 * <ul>
 *   <li>{@code raw} holds answers as they were found, until their story is told;
 *   <li>{@code stories} holds a folder for each story, named by its canonical form;
 *   <li>{@code progress} says how far each search has come.
 * </ul>
 */
public final class Findings {

    private static final String ANSWERS = ".answers";

    private final Path folder;

    /** A folder, made if it is not there. */
    public Findings(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("raw"));
        Files.createDirectories(folder.resolve("stories"));
        Files.createDirectories(folder.resolve("progress"));
    }

    /**
     * Writes answers down, before anything else is done with them; returns the file. Other answers
     * have another file, whatever search found them.
     */
    Path keep(String name, AnswersFile answers) throws IOException {
        String text = answers.text("as they were found; not shrunk");
        String digest = HexFormat.of().toHexDigits(Mix.text(text));
        return write(folder.resolve("raw"), name + "." + digest + ANSWERS, text);
    }

    /** Files of answers whose story was not told. */
    List<Path> untold() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("raw"))) {
            return files.filter(file -> file.toString().endsWith(ANSWERS)).sorted().toList();
        }
    }

    /**
     * Adds a story and takes away the raw answers that it came from; false if a story of the same
     * form was there.
     */
    boolean add(Story story, String variant, String test, Path raw, Origin origin)
            throws IOException {
        Path target = folder.resolve("stories").resolve(story.form().name());
        boolean fresh =
                !Files.exists(target) && moved(written(story, variant, test, origin), target);
        Files.deleteIfExists(raw);
        return fresh;
    }

    private Path written(Story story, String variant, String test, Origin origin)
            throws IOException {
        Path made = Files.createTempDirectory(folder.resolve("stories"), ".new-");
        var answers = new AnswersFile(variant, story.property(), story.answers(), origin);
        write(
                made,
                "story" + ANSWERS,
                answers.text(
                        Line.of(
                                "%d of %d answers that were not calm; all others are calm",
                                story.answers().size(), story.recorded())));
        var text = new ArrayList<String>();
        text.add(story.property() + " is violated by " + variant);
        text.add(story.explanation());
        text.add("");
        text.addAll(story.form().lines());
        text.add("");
        story.answers().forEach(answer -> text.add("  " + answer));
        text.add("");
        text.addAll(story.timeline());
        write(made, "story.txt", String.join("\n", text) + "\n");
        write(made, "story.svg", story.drawing());
        write(made, JUnitTest.className(story) + ".java", test);
        return made;
    }

    /**
     * Puts a folder in its place; false, and the folder is gone, if another thread or machine told
     * the same story in the meantime.
     */
    static boolean moved(Path made, Path target) throws IOException {
        try {
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) {
            // An atomic move onto a folder that is not empty has no exception of its own.
            if (!Files.isDirectory(target)) {
                throw e;
            }
            delete(made);
            return false;
        }
    }

    private static void delete(Path made) throws IOException {
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(made);
    }

    /** The names of all stories. */
    public List<String> stories() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("stories"))) {
            return folders.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** A story's answers. */
    public Path answers(String story) {
        return folder.resolve("stories").resolve(story).resolve("story" + ANSWERS);
    }

    /** Where a search was when that was last written down; empty if it is a new one. */
    Optional<Position> position(String search) throws IOException {
        Path file = folder.resolve("progress").resolve(search);
        return Files.exists(file) ? Position.parse(Files.readString(file)) : Optional.empty();
    }

    /** Writes down where a search is. */
    void position(String search, String text) throws IOException {
        write(folder.resolve("progress"), search, text);
    }

    /** The names of all searches that there were here and, since merged, elsewhere. */
    List<String> searches() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("progress"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Takes over the stories of another folder, and how far its searches are; returns how many
     * stories were new.
     */
    public int merge(Path other) throws IOException {
        int fresh = 0;
        var theirs = new Findings(other);
        for (String search : theirs.searches()) {
            long before = position(search).map(Position::attempts).orElse(-1L);
            Position position = theirs.position(search).orElse(null);
            if (position != null && position.attempts() > before) {
                position(search, position.text());
            }
        }
        for (String name : theirs.stories()) {
            Path target = folder.resolve("stories").resolve(name);
            if (!Files.exists(target)) {
                Path made = Files.createTempDirectory(folder.resolve("stories"), ".new-");
                try (Stream<Path> files = Files.list(other.resolve("stories").resolve(name))) {
                    for (Path file : files.toList()) {
                        Files.copy(file, made.resolve(file.getFileName().toString()));
                    }
                }
                fresh += moved(made, target) ? 1 : 0;
            }
        }
        return fresh;
    }

    /** Writes a file that is there as a whole or not at all, whatever happens. */
    private static Path write(Path in, String name, String text) throws IOException {
        // Two threads may write the same file.
        Path made = Files.createTempFile(in, "." + name, ".new");
        Files.writeString(made, text);
        try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return Files.move(
                made,
                in.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
