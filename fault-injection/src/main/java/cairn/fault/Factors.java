package cairn.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * By how much the faults that last change a speed. Two act one after the other, so that their
 * factors multiply; each takes back its own when it is healed.
 */
public final class Factors {

    private final List<Double> lasting = new ArrayList<>();
    private double product = 1;

    /** A fault begins; as often as it began, it must end. */
    public void begin(double factor) {
        lasting.add(factor);
        multiply();
    }

    /**
     * A fault with this factor ends.
     *
     * @throws IllegalStateException if none with it lasts
     */
    public void end(double factor) {
        if (!lasting.remove((Double) factor)) {
            throw new IllegalStateException(
                    "a fault ended that had not begun, of the factor " + factor);
        }
        multiply();
    }

    /** The factor of all that last; exactly 1 if none does. */
    public double product() {
        return product;
    }

    private void multiply() {
        // Anew each time, so that nothing is left of rounding when the last one ends.
        product = 1;
        for (double factor : lasting) {
            product *= factor;
        }
    }
}
