package cairn.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DimensionTest {

    @ParameterizedTest
    @CsvSource({
        "DURATION, 1.68 us, 1680",
        "DURATION, 3.09 h, 11124000000000",
        "DURATION, 5ms, 5000000",
        "DURATION, -3 ms, -3000000",
        "DURATION, 1e3 ns, 1000",
        "DURATION, 2 µs, 2000",
        "DURATION, 0.4 ns, 0",
        "SIZE, 4 KiB, 4096",
        "SIZE, 4 kB, 4000",
        "COUNT, 20_000, 20000",
        "COUNT, 2e3, 2000"
    })
    void anAmountIsReadInWholeBaseUnits(Dimension dimension, String text, long expected) {
        assertEquals(expected, dimension.readWhole(text));
    }

    @ParameterizedTest
    @CsvSource({
        "BANDWIDTH, 100 Gbit/s, 12.5",
        "BANDWIDTH, 11.3 GB/s, 11.3",
        "SHARE, 5 %, 0.05",
        "SHARE, 0.05, 0.05",
        "RATE, 200_000 /s, 200000",
        "RATE, 200 k/s, 200000",
        "CLOCK_ERROR, 50 ppm, 50",
        "NUMBER, 0.7, 0.7"
    })
    void anAmountIsReadExactly(Dimension dimension, String text, String expected) {
        assertEquals(0, new java.math.BigDecimal(expected).compareTo(dimension.read(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DURATION | 5 | a duration needs a unit: '5' could be '5 us' or '5 ms'",
                "DURATION | 5 KiB | '5 KiB' is not a duration: its unit is one of ns, us, ms, s,"
                        + " min, h, d",
                "DURATION | 5 MS | '5 MS' is not a duration: did you mean 'ms'?",
                "DURATION | soon | 'soon' is not a duration, such as '5 us'",
                "SIZE | 4 kib | '4 kib' is not a size: did you mean 'KiB'?",
                "BANDWIDTH | 100 | a bandwidth needs a unit: '100' could be '100 Gbit/s' or '100"
                        + " GB/s'",
                "COUNT | 8 KiB | '8 KiB' is not a number: it has no unit, such as '20_000'",
                "COUNT | 1.5 | '1.5' is not a whole number",
                "COUNT | 1e30 | '1e30' is too large",
                "DURATION | 1e300 h | '1e300 h' is too large"
            })
    void whatIsNoAmountIsRefusedWithWhatWasMeant(Dimension dimension, String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> dimension.readWhole(text))
                        .getMessage());
    }
}
