package cairn.experiment.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.tools.ToolProvider;

/** Compiles protocols as authors outside of this repository do, into jars. */
public final class Jars {

    /** The entry that names the provider. */
    public static final String SERVICE =
            "META-INF/services/cairn.experiment.catalogue.ProtocolProvider";

    /** What the source of a provider imports. */
    private static final String HEAD =
            """
            package example;

            import cairn.experiment.catalogue.ProtocolForm;
            import cairn.experiment.catalogue.ProtocolProvider;

            import java.util.List;
            import java.util.Map;

            """;

    private Jars() {}

    /** The provider that docs/testing.md shows. */
    public static String provider() throws IOException {
        String page = Files.readString(Path.of("../docs/testing.md"));
        int begin = page.indexOf("public final class MirroredProvider");
        return HEAD + page.substring(begin, page.indexOf("```", begin));
    }

    /** A jar with the example of docs/testing.md and its provider. */
    public static Path mirrored(Path jar) throws IOException {
        return mirrored(jar, provider());
    }

    /**
     * The same with another provider.
     *
     * @param beside classes that it is compiled against and are not packed
     */
    public static Path mirrored(Path jar, String provider, Path... beside) throws IOException {
        Path example =
                Path.of("../verification/src/test/java/cairn/verification/junit/Mirrored.java");
        String protocol =
                Files.readString(example)
                        .replace("package cairn.verification.junit;", "package example;");
        Path classes =
                compiled(
                        jar.resolveSibling(jar.getFileName() + "-classes"),
                        Map.of("Mirrored.java", protocol, "MirroredProvider.java", provider),
                        beside);
        return packed(jar, classes, Map.of(SERVICE, "example.MirroredProvider\n"));
    }

    /** Compiles sources, by the names of their files, against Cairn; returns where classes are. */
    public static Path compiled(Path folder, Map<String, String> sources, Path... beside)
            throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-classpath",
                                Stream.concat(
                                                Stream.of(System.getProperty("java.class.path")),
                                                Stream.of(beside).map(Path::toString))
                                        .collect(Collectors.joining(File.pathSeparator))));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey());
            Files.writeString(file, source.getValue());
            words.add(file.toString());
        }
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, words.toArray(String[]::new));
        assertEquals(0, code, words.toString());
        return classes;
    }

    /** A jar of classes and of other entries, to the same bytes whenever it is made. */
    public static Path packed(Path jar, Path classes, Map<String, String> others)
            throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                put(zip, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
            for (Map.Entry<String, String> other : others.entrySet()) {
                put(zip, other.getKey(), other.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
