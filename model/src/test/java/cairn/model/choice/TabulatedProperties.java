package cairn.model.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;

class TabulatedProperties {

    private static final List<Law> LAWS =
            List.of(
                    new Law.Exponential(10_000, 2_000),
                    new Law.Exponential(0, 3),
                    new Law.Weibull(1e9, 0.7),
                    new Law.Weibull(50, 3),
                    Law.HeavyTail.withTail(8_000, 2_000, 9),
                    Law.HeavyTail.withTail(522, 58, 15),
                    new Law.HeavyTail(0, 0, 1));
    private static final List<Law> TABLES = LAWS.stream().map(Tabulated::of).toList();

    @Provide
    Arbitrary<Integer> laws() {
        return Arbitraries.integers().between(0, LAWS.size() - 1);
    }

    @Property
    void anAnswerDiffersFromTheExactOneByAThousandthAtMost(
            @ForAll("laws") int law, @ForAll long bits) {
        long exact = LAWS.get(law).at(Mix.mix(bits));
        long read = TABLES.get(law).at(Mix.mix(bits));
        assertEquals((double) exact, (double) read, 1 + exact / 1000.0, LAWS.get(law).toString());
        assertTrue(LAWS.get(law).allows(read));
    }

    @Property
    void tailsAreExact(@ForAll("laws") int law, @ForAll long bits) {
        long first = Mix.mix(bits) >>> 6;
        assertEquals(LAWS.get(law).at(first), TABLES.get(law).at(first));
        assertEquals(LAWS.get(law).at(~first), TABLES.get(law).at(~first));
    }

    @Property
    void moreBitsGiveNoSmallerAnswer(
            @ForAll("laws") int law, @ForAll long one, @ForAll long other) {
        boolean inOrder = Long.compareUnsigned(one, other) <= 0;
        long less = TABLES.get(law).at(inOrder ? one : other);
        long more = TABLES.get(law).at(inOrder ? other : one);
        assertTrue(less <= more);
    }

    @Example
    void theMeanIsThatOfTheExactLaw() {
        for (int law = 0; law < LAWS.size(); law++) {
            double exact = 0;
            double read = 0;
            for (long i = 0; i < 100_000; i++) {
                exact += LAWS.get(law).at(Mix.mix(i));
                read += TABLES.get(law).at(Mix.mix(i));
            }
            assertEquals(exact, read, exact / 1000, LAWS.get(law).toString());
        }
    }

    @Example
    void aTableIsCalmAndEqualAsItsLawIs() {
        for (int law = 0; law < LAWS.size(); law++) {
            assertEquals(LAWS.get(law).calm(), TABLES.get(law).calm());
            assertEquals(Tabulated.of(LAWS.get(law)), TABLES.get(law));
        }
        Law quick = new Law.Uniform(1, 2);
        assertSame(quick, Tabulated.of(quick));
        assertSame(TABLES.getFirst(), Tabulated.of(TABLES.getFirst()));
    }
}
