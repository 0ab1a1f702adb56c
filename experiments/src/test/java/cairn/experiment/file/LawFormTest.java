package cairn.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.experiment.file.YamlValue.Mapping;
import cairn.model.choice.Law;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class LawFormTest {

    private static final String HEAVY = "{median: 2 us, floor: 8 us, tail: 3}";

    private static Mapping file(String law) {
        return YamlReader.read("a.yaml", "latency: " + law).mapping("a file");
    }

    private static Law read(Mapping file) {
        return LawForm.read(file.get("latency").orElseThrow(), "latency");
    }

    /** An exponential law laid over a heavy tail was merged with it, and its mean was ignored. */
    @Test
    void aLawTakesThePlaceOfAnotherLaw() {
        Mapping below = file(HEAVY);
        assertEquals(
                new Law.Exponential(1_000, 3_000_000),
                read(below.under(file("{mean: 3 ms, floor: 1 us}"))));
        assertEquals(
                new Law.Uniform(1_000, 5_000),
                read(below.under(file("{least: 1 us, most: 5 us}"))));
        assertEquals(
                new Law.Empirical(List.of(7_000L)), read(below.under(file("{measured: [7 us]}"))));
    }

    @Test
    void aPartOfALawIsLaidOverIt() {
        assertEquals(
                Law.HeavyTail.withTail(9_000, 2_000, 3),
                read(file(HEAVY).under(file("{floor: 9 us}"))));
        assertEquals(
                Law.HeavyTail.withTail(8_000, 4_000, 3),
                read(file(HEAVY).under(file("{median: 4 us}"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{median: 2 us, mean: 3 us} | 25: 'latency': 'mean' does not belong to a law with"
                        + " 'median'",
                "{mean: 2 us, tail: 3} | 23: 'latency': 'tail' does not belong to a law with"
                        + " 'mean'",
                "{measured: [2 us], floor: 3 us} | 29: 'latency': 'floor' does not belong to a law"
                        + " with 'measured'"
            })
    void keysOfDifferentLawsAreAMistake(String law, String message) {
        assertEquals(
                "a.yaml:1:" + message,
                assertThrows(UserMistake.class, () -> read(file(law))).getMessage());
    }
}
