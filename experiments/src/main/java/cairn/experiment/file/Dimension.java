package cairn.experiment.file;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an amount in an experiment file measures, and the units in which it may be written. Amounts
 * are exact decimal numbers in the base unit, the first one listed with size 1.
 */
// The maps never leave the enum and are never written.
@SuppressWarnings("ImmutableEnumChecker")
public enum Dimension {
    /** In nanoseconds. */
    DURATION(
            "a duration",
            "5 us",
            "ns",
            "1",
            "us",
            "1e3",
            "ms",
            "1e6",
            "s",
            "1e9",
            "min",
            "60e9",
            "h",
            "3600e9",
            "d",
            "86400e9"),
    /** In bytes. */
    SIZE(
            "a size",
            "4 KiB",
            "B",
            "1",
            "KiB",
            "1024",
            "MiB",
            "1048576",
            "GiB",
            "1073741824",
            "TiB",
            "1099511627776",
            "kB",
            "1e3",
            "MB",
            "1e6",
            "GB",
            "1e9",
            "TB",
            "1e12"),
    /** In bytes per nanosecond, which is GB/s. */
    BANDWIDTH(
            "a bandwidth",
            "100 Gbit/s",
            "GB/s",
            "1",
            "MB/s",
            "1e-3",
            "kB/s",
            "1e-6",
            "B/s",
            "1e-9",
            "Gbit/s",
            "0.125",
            "Mbit/s",
            "0.125e-3",
            "kbit/s",
            "0.125e-6",
            "GiB/s",
            "1.073741824",
            "MiB/s",
            "1.048576e-3"),
    /** In events a second. */
    RATE("a rate", "200_000 /s", "/s", "1", "k/s", "1e3", "M/s", "1e6"),
    /** A part of a whole: 1 is all of it. */
    SHARE("a share", "5 %", "%", "0.01", "", "1"),
    /** A relative error of a clock, in parts per million. */
    CLOCK_ERROR("an error of a clock", "50 ppm", "ppm", "1", "%", "1e4"),
    /** How many. */
    COUNT("a number", "20_000", "", "1"),
    /** A number without a unit, not necessarily whole. */
    NUMBER("a number", "1.5", "", "1");

    private static final Pattern FORM =
            Pattern.compile(
                    "([-+]?[0-9][0-9_]*(?:\\.[0-9][0-9_]*)?(?:[eE][-+]?[0-9]{1,3})?)\\s*([^0-9].*)?");

    private final String words;
    private final String example;
    private final SequencedMap<String, BigDecimal> units = new LinkedHashMap<>();

    Dimension(String words, String example, String... unitsAndSizes) {
        this.words = words;
        this.example = example;
        for (int i = 0; i < unitsAndSizes.length; i += 2) {
            units.put(unitsAndSizes[i], new BigDecimal(unitsAndSizes[i + 1]));
        }
    }

    /** The dimension in words: "a duration". */
    public String words() {
        return words;
    }

    /** An amount as it may be written. */
    public String example() {
        return example;
    }

    /** The units, the base unit or the most usual one first. */
    public List<String> units() {
        return List.copyOf(units.sequencedKeySet());
    }

    /**
     * The amount that a text is, in the base unit; throws {@link IllegalArgumentException} that
     * says what is wrong.
     */
    public BigDecimal read(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not " + words + ", such as '" + example + "'");
        }
        String unit =
                Optional.ofNullable(parts.group(2))
                        .orElse("")
                        .strip()
                        .replace("µ", "u")
                        .replace("μ", "u");
        BigDecimal size = units.get(unit);
        if (size == null) {
            throw new IllegalArgumentException(unit.isEmpty() ? missing(text) : wrong(text, unit));
        }
        return new BigDecimal(parts.group(1).replace("_", "")).multiply(size);
    }

    /**
     * The amount as a whole number of base units, rounded; throws {@link IllegalArgumentException}
     * if it is none.
     */
    public long readWhole(String text) {
        BigDecimal amount = read(text);
        if (this == COUNT && amount.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number");
        }
        if (amount.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) >= 0) {
            throw new IllegalArgumentException("'" + text + "' is too large");
        }
        return amount.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** The amount in the largest unit that needs no more digits than any other. */
    public String write(BigDecimal amount) {
        String best = "";
        for (var unit : units.entrySet()) {
            BigDecimal scaled =
                    amount.divide(unit.getValue(), MathContext.DECIMAL64).stripTrailingZeros();
            boolean exact = scaled.multiply(unit.getValue()).compareTo(amount) == 0;
            String written = (scaled.toPlainString() + " " + unit.getKey()).strip();
            boolean shorter = best.isEmpty() || digits(written) < digits(best);
            boolean larger =
                    digits(written) == digits(best) && scaled.abs().compareTo(BigDecimal.ONE) >= 0;
            if (exact && (shorter || larger)) {
                best = written;
            }
        }
        return best;
    }

    private static long digits(String written) {
        return written.chars().filter(Character::isDigit).count();
    }

    private String missing(String text) {
        return words + " needs a unit: '" + text + "' could be " + couldBe(text.strip());
    }

    private String couldBe(String number) {
        List<String> likely =
                switch (this) {
                    case DURATION -> List.of("us", "ms");
                    case SIZE -> List.of("B", "KiB");
                    case BANDWIDTH -> List.of("Gbit/s", "GB/s");
                    case RATE, SHARE, CLOCK_ERROR, COUNT, NUMBER -> List.of(units().getFirst());
                };
        return String.join(
                " or ", likely.stream().map(unit -> "'" + number + " " + unit + "'").toList());
    }

    private String wrong(String text, String unit) {
        if (units.size() == 1) {
            return "'" + text + "' is not " + words + ": it has no unit, such as '" + example + "'";
        }
        List<String> named = units().stream().filter(name -> !name.isEmpty()).toList();
        String meant =
                named.stream()
                        .filter(name ->
                                name.toLowerCase(Locale.ROOT).equals(unit.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .map(name -> "did you mean '" + name + "'?")
                        .orElse("its unit is one of " + String.join(", ", named));
        return "'" + text + "' is not " + words + ": " + meant;
    }
}
