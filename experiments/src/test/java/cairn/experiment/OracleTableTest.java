package cairn.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.property.Declaration;
import cairn.model.property.Properties;
import cairn.model.property.Property;
import cairn.model.property.Topic;
import cairn.protocol.Corpus;
import cairn.protocol.SeededBug;
import cairn.simulator.Scenario;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page about what is judged names properties, facts, seeded bugs and tests as they are. */
final class OracleTableTest {

    private static final Path PAGE = Path.of("../docs/oracle.md");
    private static final Pattern ROW =
            Pattern.compile(
                    "\\| ([A-Z]+(?:-\\d)?) \\| ([^|]+)"
                            + " \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|");
    private static final Pattern IN_CODE = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.all\\(\\))?`");

    /** One row of the table. */
    private record Row(List<String> facts, List<String> bugs, List<String> tests, boolean always) {}

    private static Map<String, Row> rows() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(
                        row.group(1),
                        new Row(
                                words(row.group(3)),
                                words(row.group(4)),
                                words(row.group(5)),
                                row.group(6).trim().equals("yes")));
            }
        }
        return rows;
    }

    private static List<String> words(String cell) {
        return Stream.of(cell.trim().split(", ", -1)).filter(word -> !word.isEmpty()).toList();
    }

    @Test
    void everyPropertyHasItsRowAndNothingElseHas() throws IOException {
        Map<String, Boolean> always = new TreeMap<>();
        Properties.all().forEach(one -> always.put(one.id(), one.holdsWhateverFails()));
        Map<String, Boolean> said = new TreeMap<>();
        rows().forEach((id, row) -> said.put(id, row.always()));
        assertEquals(always, said);
    }

    @Test
    void everyPropertyHearsTheFactsThatAreNamed() throws IOException {
        List<String> wrong = new ArrayList<>();
        rows().forEach((id, row) -> {
            Set<Topic> heard = heardBy(Properties.named(id));
            for (String fact : row.facts()) {
                if (!heard.contains(topic(fact))) {
                    wrong.add(id + " does not hear of " + fact);
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    private static Topic topic(String fact) {
        String words = fact.replaceAll("(?<=[a-z])(?=[A-Z])", "_");
        return Topic.valueOf(words.toUpperCase(Locale.ROOT));
    }

    /** What the checkers of a property want under all the promises of the corpus. */
    private static Set<Topic> heardBy(Property property) {
        Set<Topic> heard = EnumSet.noneOf(Topic.class);
        Corpus.soundRuns().stream()
                .map(runs -> runs.drawn().apply(1))
                .filter(scenario -> property.appliesTo(scenario.application()))
                .forEach(
                        scenario -> heard.addAll(property.checker(declaration(scenario)).topics()));
        return heard;
    }

    private static Declaration declaration(Scenario<?> scenario) {
        return new Declaration(
                scenario.protocol().promise(),
                scenario.application(),
                List.of(),
                scenario.protocol().servers(),
                scenario.bounds());
    }

    @Test
    void everySeededBugIsCaughtByThePropertyThatNamesIt() throws IOException {
        List<String> wrong = new ArrayList<>();
        rows().forEach((id, row) -> {
            for (String bug : row.bugs()) {
                if (Corpus.bugs().stream().noneMatch(one -> isCaught(one, bug, id))) {
                    wrong.add(bug + " is not caught by " + id);
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    private static boolean isCaught(SeededBug bug, String id, String property) {
        return bug.id().equals(id) && bug.caughtBy().contains(property);
    }

    @Test
    void everyTestBreaksTheProperty() throws IOException {
        Map<String, String> sources = sources();
        List<String> wrong = new ArrayList<>();
        rows().forEach((id, row) -> {
            assertTrue(!row.tests().isEmpty(), id + " names no test");
            for (String test : row.tests()) {
                if (!sources.getOrDefault(test, "").contains('"' + id + '"')) {
                    wrong.add(test + " does not name " + id);
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyClassThatIsNamedIsThere() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        Matcher name = IN_CODE.matcher(Files.readString(PAGE));
        while (name.find()) {
            if (!sources.containsKey(name.group(1))) {
                missing.add(name.group(1));
            }
        }
        assertEquals(List.of(), missing);
    }

    /** The text of each source file, by the name of its class. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.toString().contains("/target/"))
                            .toList();
            for (Path file : found) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.merge(name, Files.readString(file), String::concat);
            }
        }
        return sources;
    }
}
