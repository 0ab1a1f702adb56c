package cairn.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class RangeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1..4 | 1, 2, 3, 4",
                "1..10 step 4 | 1, 5, 9",
                "0.1 .. 0.4 step 0.1 | 0.1, 0.2, 0.3, 0.4",
                "-2..2 step 2 | -2, 0, 2",
                "1 ms..2 ms step 500 us | 1 ms, 1.5 ms, 2 ms",
                "5..15 min step 5 | 5 min, 10 min, 15 min",
                "1 us..1 ms times 10 | 1 us, 10 us, 0.1 ms, 1 ms",
                "4 KiB..64 KiB times 4 | 4 KiB, 16 KiB, 64 KiB",
                "1 us..1 ms log 4 | 1 us, 10 us, 0.1 ms, 1 ms",
                "1..1000 log 3 | 1, 31.6, 1000",
                "0 %..10 % step 5 % | 0 %, 5 %, 10 %",
                "3..3 | 3"
            })
    void aRangeStandsForItsValues(String range, String values) {
        assertEquals(List.of(values.split(", ")), Range.read(range));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "4..1 | '4..1' names the lower bound first",
                "1..4 step 0 | '1..4 step 0': a step is above zero",
                "0..4 times 2 | '0..4 times 2': 'times' needs a factor above one, and bounds above"
                        + " zero",
                "1..4 times 1 | '1..4 times 1': 'times' needs a factor above one, and bounds above"
                        + " zero",
                "1..4 log 1.5 | '1..4 log 1.5': 'log' needs a number of values, two or more, and"
                        + " bounds above zero",
                "1..1e9 | '1..1e9' has more than 10000 values",
                "1..few | '1..few' is not a range, such as '1..10 step 3', '1 us..1 ms times 10' or"
                        + " '1 us..1 ms log 5'",
                "1 us..4 KiB | '1 us..4 KiB' is not a range, such as '1..10 step 3', '1 us..1 ms"
                        + " times 10' or '1 us..1 ms log 5'"
            })
    void aRangeThatIsNoneSaysWhy(String range, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Range.read(range)).getMessage());
    }

    @Test
    void amountsCompareWhateverTheirUnits() {
        assertEquals(-1, Amounts.compare("999 us", "1 ms").orElseThrow());
        assertEquals(0, Amounts.compare("4 KiB", "4096 B").orElseThrow());
        assertEquals(1, Amounts.compare("10", "9").orElseThrow());
        assertEquals(true, Amounts.compare("4 KiB", "1 ms").isEmpty());
    }
}
