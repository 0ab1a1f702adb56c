package cairn.part.erasure;

/** The field of 256 elements, in which adding is exclusive or: x^8 + x^4 + x^3 + x^2 + 1. */
final class Galois {

    private static final int POLYNOMIAL = 0x11D;
    private static final int[] POWERS = new int[510];
    private static final int[] LOGARITHMS = new int[256];

    static {
        int power = 1;
        for (int i = 0; i < 255; i++) {
            POWERS[i] = power;
            POWERS[i + 255] = power;
            LOGARITHMS[power] = i;
            power <<= 1;
            if (power > 255) {
                power ^= POLYNOMIAL;
            }
        }
    }

    private Galois() {}

    static int multiply(int a, int b) {
        return a == 0 || b == 0 ? 0 : POWERS[LOGARITHMS[a] + LOGARITHMS[b]];
    }

    /** One by an element that is not zero. */
    static int inverse(int a) {
        return POWERS[255 - LOGARITHMS[a]];
    }

    /** Adds a multiple of some bytes to others, from their beginning. */
    static void add(int factor, byte[] bytes, byte[] to) {
        for (int i = 0; i < bytes.length; i++) {
            to[i] ^= (byte) multiply(factor, bytes[i] & 0xFF);
        }
    }
}
