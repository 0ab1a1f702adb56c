package cairn.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of requirements names, for each, tests that there are and that name it. */
final class RequirementsTableTest {

    private static final Pattern ROW =
            Pattern.compile("\\| ([A-Z]+-\\d+) \\| [^|]+ \\| ([A-Za-z, ]*) \\|");

    @Test
    void everyRequirementIsNamedByTheTestsThatTheTableSays() throws IOException {
        Map<String, String> tests = tests();
        Map<String, List<String>> table = table();
        assertEquals(ids(), List.copyOf(table.keySet()));
        List<String> wrong = new ArrayList<>();
        table.forEach((id, names) -> {
            for (String name : names) {
                if (!names(id, tests.getOrDefault(name, ""))) {
                    wrong.add(name + " does not name " + id);
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    private static List<String> ids() {
        return Stream.of(ids("PMU", 20), ids("DJ", 17), ids("CS", 13), ids("SN", 8), ids("PA", 4))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> ids(String system, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> system + "-" + number).toList();
    }

    /** As {@code DJ-4} in a sentence, or {@code dj4} at the beginning of a test's name. */
    private static boolean names(String id, String source) {
        String begin = id.replace("-", "").toLowerCase(Locale.ROOT);
        return Pattern.compile("\\b(" + id + "\\b|" + begin + "[A-Z])").matcher(source).find();
    }

    private static Map<String, List<String>> table() throws IOException {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/requirements.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                table.put(row.group(1), List.of(row.group(2).trim().split(", ")));
            }
        }
        return table;
    }

    /** The source of each test class, by its name. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> file.toString().contains("src/test/java"))
                            .toList();
            for (Path file : sources) {
                String name = file.getFileName().toString().replace(".java", "");
                tests.merge(name, Files.readString(file), String::concat);
            }
        }
        return tests;
    }
}
