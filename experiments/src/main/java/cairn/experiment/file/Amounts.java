package cairn.experiment.file;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Amounts of which only the writing is known, not what they measure: a sweep's bounds, say, before
 * the key that it sweeps is read. Their dimension is the first that can read all of them.
 *
 * @param values in the base unit of the dimension
 */
public record Amounts(Dimension dimension, List<BigDecimal> values) {

    public Amounts {
        values = List.copyOf(values);
    }

    /** Texts as amounts of one dimension; empty if none can read them all. */
    public static Optional<Amounts> of(String... texts) {
        boolean plain = Arrays.stream(texts).allMatch(text -> text.matches("[-+0-9._eE]+"));
        List<Dimension> candidates =
                plain ? List.of(Dimension.NUMBER) : List.of(Dimension.values());
        for (Dimension dimension : candidates) {
            try {
                return Optional.of(
                        new Amounts(dimension, Arrays.stream(texts).map(dimension::read).toList()));
            } catch (IllegalArgumentException _) {
                // Another dimension may be able to.
            }
        }
        return Optional.empty();
    }

    /** How two texts compare as amounts of one dimension; empty if they are not. */
    public static Optional<Integer> compare(String one, String other) {
        return of(one, other)
                .map(amounts -> amounts.values().get(0).compareTo(amounts.values().get(1)));
    }
}
