package cairn.jepsen;

import clojure.java.api.Clojure;
import clojure.lang.IFn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs tests of the harness from Java. Tests are written in Clojure, as text; what comes back is
 * Java's: keywords as strings without their colon, vectors and sets as lists, maps as maps.
 */
public final class Harness {

    private static final IFn REQUIRE = Clojure.var("clojure.core", "require");

    private Harness() {}

    /**
     * How a test came out.
     *
     * @param valid whether its history is valid
     * @param history each operation as a map with index, time, type, process, f and value
     * @param results what its checkers say
     */
    public record Outcome(
            Verdict valid, List<Map<String, Object>> history, Map<String, Object> results) {}

    /** The three verdicts of a checker. */
    public enum Verdict {
        VALID,
        INVALID,
        UNKNOWN
    }

    /**
     * Runs a test under a seed and leaves no files.
     *
     * @param test an expression whose value is a test map, or a function of a seed that makes one;
     *     it sees {@code workload}, {@code gen}, {@code nemesis}, {@code checker} and {@code model}
     *     under these names. Throws {@code UserMistake} if the test is wrong.
     */
    public static Outcome run(String test, long seed) {
        REQUIRE.invoke(Clojure.read("cairn.jepsen.java"));
        var tried = (Map<?, ?>) Clojure.var("cairn.jepsen.java", "run").invoke(test, seed);
        return new Outcome(
                Verdict.valueOf(String.valueOf(tried.get("verdict"))),
                ((List<?>) value(tried, "history")).stream().map(Harness::map).toList(),
                map(value(tried, "results")));
    }

    private static Object value(Map<?, ?> of, String key) {
        return Objects.requireNonNull(of.get(key), key);
    }

    private static Map<String, Object> map(Object value) {
        var map = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) value).forEach((key, of) -> map.put(String.valueOf(key), of));
        return map;
    }
}
