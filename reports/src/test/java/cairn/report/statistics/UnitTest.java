package cairn.report.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.Optional;

final class UnitTest {
    @Test
    void durationsTakeThePrefixThatSuitsThem() {
        assertEquals("0 ns", Unit.NANOSECONDS.text(0));
        assertEquals("7 ns", Unit.NANOSECONDS.text(7));
        assertEquals("1.68 µs", Unit.NANOSECONDS.text(1680));
        assertEquals("12.5 ms", Unit.NANOSECONDS.text(12_500_000));
        assertEquals("3.09 h", Unit.NANOSECONDS.text(3.09 * 3.6e12));
    }

    @Test
    void aFigureThatRoundsUpToTheNextPrefixTakesIt() {
        assertEquals("1.00 µs", Unit.NANOSECONDS.text(999.96));
        assertEquals("1.00 MiB", Unit.BYTES.text(1048575.9));
        assertEquals("1023 KiB", Unit.BYTES.text(1023 * 1024));
    }

    @Test
    void otherKindsOfFiguresHaveTheirOwnUnits() {
        assertEquals("4 KiB", Unit.BYTES.text(4096));
        assertEquals("84.6 k/s", Unit.PER_SECOND.text(84_571));
        assertEquals("14.5 %", Unit.SHARE.text(0.145));
        assertEquals("2000", Unit.COUNT.text(2000));
        assertEquals("–", Unit.COUNT.text(Double.NaN));
    }

    @Test
    void aRangeSaysItsUnitOnceIfBothEndsHaveIt() {
        assertEquals("1.60 to 1.77 µs", Unit.NANOSECONDS.text(1600.4, 1773));
        assertEquals("900 ns to 1.77 µs", Unit.NANOSECONDS.text(900, 1773));
        assertEquals("3 to 4", Unit.COUNT.text(3, 4));
    }

    @Test
    void anEstimateSaysItsIntervalAndItsN() {
        assertEquals(
                "1.50 µs (1.25 to 1.75 µs, n = 12)",
                new Estimate(1500.4, 1250.4, 1750.4, 12, 0.95).text(Unit.NANOSECONDS));
        assertEquals("7 ns (n = 1)", Estimate.withoutInterval(7, 1, 0.95).text(Unit.NANOSECONDS));
    }

    @Test
    void numbersForMachinesReadBackAsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            for (double value : new double[] {0.1, 1e-7, 123456789.125, 1.0 / 3, -0.0, 1e21}) {
                assertEquals(value, Double.parseDouble(Numbers.exact(value)), 0);
            }
            assertEquals("0.0000001", Numbers.exact(1e-7));
            assertEquals("", Numbers.exact(Double.NaN));
            assertEquals("1.68 µs", Unit.NANOSECONDS.text(1680));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void quantitiesAreReadWithTheirUnits() {
        assertEquals(Optional.of(new Quantity(4096, Unit.BYTES)), Quantity.parse("4 KiB"));
        assertEquals(Optional.of(new Quantity(1680, Unit.NANOSECONDS)), Quantity.parse("1.68us"));
        assertEquals(Optional.of(new Quantity(16, Unit.COUNT)), Quantity.parse("16"));
        assertEquals(Optional.empty(), Quantity.parse("4 parsecs"));
        assertEquals(Optional.empty(), Quantity.parse("on"));
    }
}
