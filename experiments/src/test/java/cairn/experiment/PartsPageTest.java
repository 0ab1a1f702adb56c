package cairn.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page on parts names each of them, and the protocols that use it. */
final class PartsPageTest {

    private static final Path CODE = Path.of("../protocols/src/main/java/cairn");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| [^|]+ \\| ([^|]*) \\|");
    private static final Pattern IMPORT =
            Pattern.compile("import (?:static )?cairn\\.part\\.([a-z]+)\\.");

    @Test
    void everyPartIsOnThePageWithTheProtocolsThatUseIt() throws IOException {
        assertEquals(used(), table());
    }

    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> table = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/parts.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String users = row.group(2).replace("`", "").trim();
                table.put(
                        row.group(1),
                        users.isEmpty() ? Set.of() : new TreeSet<>(List.of(users.split(", "))));
            }
        }
        return table;
    }

    private static Map<String, Set<String>> used() throws IOException {
        Map<String, Set<String>> used = new TreeMap<>();
        for (String part : folders(CODE.resolve("part"))) {
            used.put(part, new TreeSet<>());
        }
        for (String protocol : folders(CODE.resolve("protocol"))) {
            for (Path file : files(CODE.resolve("protocol").resolve(protocol))) {
                Matcher imported = IMPORT.matcher(Files.readString(file));
                while (imported.find()) {
                    used.computeIfAbsent(imported.group(1), _ -> new TreeSet<>()).add(protocol);
                }
            }
        }
        return used;
    }

    private static List<String> folders(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }
}
