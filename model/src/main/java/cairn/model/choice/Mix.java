package cairn.model.choice;

/**
 * Mixing of 64-bit numbers, with the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014;
 * constants of variant 13 by Stafford).
 */
public final class Mix {

    /** 2^64 divided by the golden ratio, odd: consecutive multiples are far apart. */
    public static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mix() {}

    /** A bijection in which every bit of the argument moves about half the bits of the result. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Folds one more value into a running digest; the order matters. */
    public static long fold(long digest, long value) {
        return mix(digest * GOLDEN + value);
    }

    /** A digest of text, the same in every JVM. */
    public static long text(String text) {
        long digest = text.length();
        for (int i = 0; i < text.length(); i++) {
            digest = fold(digest, text.charAt(i));
        }
        return digest;
    }
}
