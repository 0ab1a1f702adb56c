package cairn.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import java.math.BigDecimal;

class DimensionProperties {

    @Property
    void whatIsWrittenIsReadBack(
            @ForAll Dimension dimension, @ForAll @LongRange(min = 0, max = 1L << 50) long amount) {
        BigDecimal exact = BigDecimal.valueOf(amount);
        assertEquals(
                0, exact.compareTo(dimension.read(dimension.write(exact))), dimension.write(exact));
    }

    @Property
    void fractionsAreWrittenAndReadBack(
            @ForAll Dimension dimension,
            @ForAll @LongRange(min = 0, max = 1_000_000) long millionths) {
        BigDecimal exact = BigDecimal.valueOf(millionths, 6);
        assertEquals(
                0, exact.compareTo(dimension.read(dimension.write(exact))), dimension.write(exact));
    }
}
