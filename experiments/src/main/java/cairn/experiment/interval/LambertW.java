package cairn.experiment.interval;

/**
 * The principal branch of Lambert's W: the inverse of w e^w for w >= -1 (Corless et al., On the
 * Lambert W Function, Advances in Computational Mathematics 5, 1996).
 */
final class LambertW {

    private static final double BRANCH = -1 / Math.E;

    private LambertW() {}

    /** W of a number that is at least -1/e, to the precision of doubles. */
    static double of(double x) {
        if (!(x >= BRANCH)) {
            throw new IllegalArgumentException("W is defined from -1/e on: " + x);
        }
        double w = start(x);
        for (int i = 0; i < 50; i++) {
            double exp = Math.exp(w);
            double error = w * exp - x;
            // Halley's method, which triples the correct digits at each step.
            double step = error / (exp * (w + 1) - (w + 2) * error / (2 * w + 2));
            if (!Double.isFinite(step)) {
                return w;
            }
            w -= step;
            if (Math.abs(step) <= 1e-15 * (1 + Math.abs(w))) {
                return w;
            }
        }
        return w;
    }

    /** Near the branch point a series in the distance from it, else what the logarithm says. */
    private static double start(double x) {
        if (x < -0.25) {
            double p = Math.sqrt(2 * (Math.E * x + 1));
            return -1 + p - p * p / 3 + 11 * p * p * p / 72;
        }
        return x < 1 ? x * (1 - x + 1.5 * x * x) / (1 + x * x) : Math.log(1 + x);
    }
}
