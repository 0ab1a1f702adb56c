package cairn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The jars that workers need: this module's, and the folder {@code lib} beside it. */
final class Jars {

    private Jars() {}

    /** Empty if these classes are in no jar; workers then have to have them. */
    static List<String> ofThis() {
        Path own =
                Path.of(
                        SparkCluster.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath());
        if (!Files.isRegularFile(own)) {
            return List.of();
        }
        var jars = new ArrayList<String>();
        try (DirectoryStream<Path> lib =
                Files.newDirectoryStream(own.resolveSibling("lib"), "*.jar")) {
            lib.forEach(jar -> jars.add(jar.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(jars);
        jars.addFirst(own.toString());
        return jars;
    }
}
