package cairn.report.statistics;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with its unit as experiment files write it, in the base unit: {@code 4 KiB} is 4096
 * bytes, {@code 1.68 us} is 1680 nanoseconds, {@code 16} is a count of 16.
 */
public record Quantity(double value, Unit unit) {
    private static final Pattern FORM =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)\\s*([A-Za-zµ%]*)");

    private static final Map<String, Quantity> UNITS =
            Map.ofEntries(
                    Map.entry("", new Quantity(1, Unit.COUNT)),
                    Map.entry("%", new Quantity(0.01, Unit.SHARE)),
                    Map.entry("ns", new Quantity(1, Unit.NANOSECONDS)),
                    Map.entry("us", new Quantity(1e3, Unit.NANOSECONDS)),
                    Map.entry("µs", new Quantity(1e3, Unit.NANOSECONDS)),
                    Map.entry("ms", new Quantity(1e6, Unit.NANOSECONDS)),
                    Map.entry("s", new Quantity(1e9, Unit.NANOSECONDS)),
                    Map.entry("min", new Quantity(6e10, Unit.NANOSECONDS)),
                    Map.entry("h", new Quantity(3.6e12, Unit.NANOSECONDS)),
                    Map.entry("d", new Quantity(8.64e13, Unit.NANOSECONDS)),
                    Map.entry("B", new Quantity(1, Unit.BYTES)),
                    Map.entry("KiB", new Quantity(1024, Unit.BYTES)),
                    Map.entry("MiB", new Quantity(1048576, Unit.BYTES)),
                    Map.entry("GiB", new Quantity(1073741824, Unit.BYTES)),
                    Map.entry("TiB", new Quantity(1099511627776.0, Unit.BYTES)));

    /** The quantity that a text is, if it is one. */
    public static Optional<Quantity> parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(UNITS.get(parts.group(2)))
                .map(unit ->
                        new Quantity(Double.parseDouble(parts.group(1)) * unit.value, unit.unit));
    }
}
