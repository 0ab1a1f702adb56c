package cairn.verification.junit;

import cairn.model.Records;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Records near one that is known to be good, as an arbitrary of jqwik: settings of a protocol, or
 * the parts of an environment. Each named component takes one of some values, the first of which is
 * what it shrinks to; combinations that the record refuses are passed over.
 */
public final class Settings<R extends Record> {

    private final R usual;
    private final SequencedMap<String, List<?>> varied = new LinkedHashMap<>();

    private Settings(R usual) {
        this.usual = usual;
    }

    /** Records like this one. */
    public static <R extends Record> Settings<R> like(R usual) {
        return new Settings<>(usual);
    }

    /**
     * Lets a component vary.
     *
     * @throws IllegalArgumentException if the record has no such component
     */
    public Settings<R> varying(String component, Object... values) {
        if (Arrays.stream(usual.getClass().getRecordComponents())
                .noneMatch(one -> one.getName().equals(component))) {
            throw new IllegalArgumentException(
                    usual.getClass().getSimpleName() + " has no '" + component + "'");
        }
        varied.put(component, List.of(values));
        return this;
    }

    /** The arbitrary. */
    public Arbitrary<R> arbitrary() {
        Arbitrary<Map<String, Integer>> picks = Arbitraries.just(Map.of());
        for (Map.Entry<String, List<?>> one : varied.entrySet()) {
            picks =
                    picks.flatMap(before ->
                            Arbitraries.integers()
                                    .between(0, one.getValue().size() - 1)
                                    .map(pick -> with(before, one.getKey(), pick)));
        }
        return picks.filter(this::isAccepted).map(this::made);
    }

    private static Map<String, Integer> with(Map<String, Integer> picks, String key, int pick) {
        var more = new LinkedHashMap<>(picks);
        more.put(key, pick);
        return more;
    }

    private boolean isAccepted(Map<String, Integer> picks) {
        try {
            made(picks);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private R made(Map<String, Integer> picks) {
        Records<R> made = Records.like(usual);
        picks.forEach((component, pick) -> made.with(component, valuesOf(component).get(pick)));
        return made.made();
    }

    private List<?> valuesOf(String component) {
        return varied.getOrDefault(component, List.of());
    }
}
