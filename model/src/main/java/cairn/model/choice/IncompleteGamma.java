package cairn.model.choice;

/**
 * Quantiles of the gamma distribution, by bisection of its distribution function: the power series
 * below the mean and Lentz's continued fraction above it (W. Press et al., Numerical Recipes, 6.2).
 */
final class IncompleteGamma {

    private static final double[] LANCZOS = {
        76.18009172947146, -86.50532032941678, 24.01409824083091,
        -1.231739572450155, 1.208650973866179e-3, -5.395239384953e-6
    };
    private static final int MOST_TERMS = 10_000;
    private static final double EPSILON = 1e-15;
    private static final double TINY = 1e-300;

    private IncompleteGamma() {}

    /** Where a gamma variable of a shape, and of scale one, lies below with a probability. */
    static double quantile(double shape, double probability) {
        double high = shape + 1;
        while (below(shape, high) < probability) {
            high *= 2;
        }
        double low = 0;
        for (int i = 0; i < 200 && high - low > 1e-13 * high; i++) {
            double middle = (low + high) / 2;
            if (below(shape, middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The probability that a gamma variable of a shape, and of scale one, lies below. */
    static double below(double shape, double x) {
        if (x <= 0) {
            return 0;
        }
        double front = StrictMath.exp(shape * StrictMath.log(x) - x - logGamma(shape));
        return x < shape + 1 ? front * series(shape, x) : 1 - front * fraction(shape, x);
    }

    private static double series(double shape, double x) {
        double term = 1 / shape;
        double sum = term;
        for (int n = 1; n < MOST_TERMS && term > EPSILON * sum; n++) {
            term *= x / (shape + n);
            sum += term;
        }
        return sum;
    }

    private static double fraction(double shape, double x) {
        double b = x + 1 - shape;
        double c = 1 / TINY;
        double d = 1 / b;
        double product = d;
        double change = 0;
        for (int n = 1; n < MOST_TERMS && Math.abs(change - 1) > EPSILON; n++) {
            double a = -n * (n - shape);
            b += 2;
            d = a * d + b;
            d = 1 / (Math.abs(d) < TINY ? TINY : d);
            c = b + a / c;
            c = Math.abs(c) < TINY ? TINY : c;
            change = d * c;
            product *= change;
        }
        return product;
    }

    private static double logGamma(double x) {
        double sum = 1.000000000190015;
        for (int i = 0; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + 1 + i);
        }
        double shifted = x + 5.5;
        return (x + 0.5) * StrictMath.log(shifted)
                - shifted
                + StrictMath.log(2.5066282746310007 * sum / x);
    }
}
