import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks or applies google-java-format, AOSP style, over all Java sources of a folder; the build
 * calls it on JDK 25.
 *
 * <p>Spotless formats inside Maven's own JVM. Where that is JDK 17, it can neither load this
 * formatter nor parse a record pattern with an unnamed variable, hence this file.
 */
final class Format {

    private final Formatter formatter =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());
    private final Path root;
    private final boolean apply;

    private Format(Path root, boolean apply) {
        this.root = root;
        this.apply = apply;
    }

    /** The root of the sources, then {@code check} or {@code apply}. */
    public static void main(String[] arguments) throws IOException {
        var mode = arguments[1];
        if (!mode.equals("check") && !mode.equals("apply")) {
            System.err.println("cairn.format is check or apply: " + mode);
            System.exit(2);
        }
        var root = Path.of(arguments[0]).toAbsolutePath();
        System.exit(new Format(root, mode.equals("apply")).run());
    }

    private int run() throws IOException {
        // Files older than the last run that found everything in order are still in order.
        var stamp = root.resolve("target/formatted");
        var start = FileTime.fromMillis(System.currentTimeMillis());
        var since = Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : FileTime.fromMillis(0);

        var wrong = 0;
        for (var file : sources(since)) {
            wrong += treat(file) ? 0 : 1;
        }
        if (wrong > 0) {
            System.err.println(
                    wrong + " files are not in order; to format them all: mvn -N -P format");
            return 1;
        }
        Files.createDirectories(stamp.getParent());
        Files.write(stamp, new byte[0]);
        Files.setLastModifiedTime(stamp, start);
        return 0;
    }

    private List<Path> sources(FileTime since) throws IOException {
        var sources = new ArrayList<Path>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        var name = folder.getFileName().toString();
                        var skipped =
                                name.equals("target")
                                        || name.startsWith(".") && !folder.equals(root);
                        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (file.toString().endsWith(".java")
                                && attributes.lastModifiedTime().compareTo(since) >= 0) {
                            sources.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        sources.sort(null);
        return sources;
    }

    /** Whether the file is in order, which after applying it is, unless it cannot be parsed. */
    private boolean treat(Path file) throws IOException {
        var before = Files.readString(file);
        String after;
        try {
            after = formatted(before);
        } catch (FormatterException e) {
            System.err.println(root.relativize(file) + ":" + e.getMessage());
            return false;
        }
        if (after.equals(before)) {
            return true;
        }
        if (apply) {
            Files.writeString(file, after);
            System.out.println("formatted " + root.relativize(file));
            return true;
        }
        var line = Arrays.mismatch(before.lines().toArray(), after.lines().toArray()) + 1;
        System.err.println(root.relativize(file) + ":" + line + ": not formatted");
        return false;
    }

    /** Where it breaks a long text, the formatter's first pass is not its last. */
    private String formatted(String source) throws FormatterException {
        var before = source;
        var after = formatter.formatSourceAndFixImports(before);
        for (var passes = 1; passes < 5 && !after.equals(before); passes++) {
            before = after;
            after = formatter.formatSourceAndFixImports(before);
        }
        return after;
    }
}
