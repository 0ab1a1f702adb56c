package cairn.jepsen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.RT;
import clojure.lang.Var;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs every deftest as a test of its own, and loads every namespace without a warning. */
final class ClojureTest {

    private static final IFn REQUIRE = Clojure.var("clojure.core", "require");

    private static final List<String> LOADED = new ArrayList<>();
    private static final StringWriter WARNINGS = new StringWriter();

    /** Each namespace is loaded once, here: loaded again, it would not know its own protocols. */
    @BeforeAll
    static void load() throws IOException {
        Var.pushThreadBindings(
                RT.map(
                        RT.ERR,
                        new PrintWriter(WARNINGS),
                        RT.var("clojure.core", "*warn-on-reflection*"),
                        true));
        try {
            for (String name : namespaces()) {
                REQUIRE.invoke(Clojure.read(name));
                LOADED.add(name);
            }
        } finally {
            Var.popThreadBindings();
        }
    }

    @Test
    void everyNamespaceLoadsWithoutAWarning() {
        assertTrue(LOADED.contains("cairn.jepsen.generator"), LOADED.toString());
        assertEquals("", WARNINGS.toString());
    }

    @TestFactory
    Stream<DynamicTest> clojure() {
        var tests = new ArrayList<DynamicTest>();
        for (String namespace : LOADED) {
            for (Object deftest : (List<?>) eval(DEFTESTS).invoke(Clojure.read(namespace))) {
                String name = deftest.toString().substring("#'cairn.jepsen.".length());
                tests.add(DynamicTest.dynamicTest(name, () -> run(deftest)));
            }
        }
        assertTrue(tests.size() > 10, () -> "only " + tests.size() + " tests were found");
        return tests.stream();
    }

    private static final String DEFTESTS =
            "(fn [n] (sort-by (comp :line meta) (filter (comp :test meta) (vals (ns-interns n)))))";

    private static final String RUN =
            "(fn [v out] (binding [clojure.test/*test-out* out, clojure.test/*report-counters*"
                    + " (ref clojure.test/*initial-report-counters*)] (clojure.test/test-vars [v])"
                    + " (deref clojure.test/*report-counters*)))";

    private static IFn eval(String function) {
        return (IFn) Clojure.var("clojure.core", "eval").invoke(Clojure.read(function));
    }

    /** Runs one deftest; one that asserts nothing fails, since it cannot. */
    private static void run(Object deftest) {
        var out = new StringWriter();
        var counts = (Map<?, ?>) eval(RUN).invoke(deftest, out);
        long passed = count(counts, ":pass");
        long wrong = count(counts, ":fail") + count(counts, ":error");
        assertEquals(0, wrong, out::toString);
        assertTrue(passed > 0, () -> deftest + " asserts nothing");
    }

    private static long count(Map<?, ?> counts, String key) {
        return ((Number) Objects.requireNonNull(counts.get(Clojure.read(key)))).longValue();
    }

    /** The namespaces of the source folders. */
    private static List<String> namespaces() throws IOException {
        var names = new ArrayList<String>();
        for (Path root : List.of(Path.of("src/main/clojure"), Path.of("src/test/clojure"))) {
            try (Stream<Path> files = Files.walk(root)) {
                files.map(file -> root.relativize(file).toString())
                        .filter(file -> file.endsWith(".clj"))
                        .map(file -> file.substring(0, file.length() - 4))
                        .map(file -> file.replace('/', '.').replace('\\', '.').replace('_', '-'))
                        .sorted()
                        .forEach(names::add);
            }
        }
        return names;
    }
}
