package cairn.cluster.run;

import cairn.model.fault.Fault;

import java.util.ArrayList;
import java.util.List;

/**
 * Which strikes of faults changed something, as far as that is seen from outside a process. A
 * strike that may have done so counts: in vain is one of which it is certain that nobody noticed.
 */
final class Consequences {

    private final List<Strike> strikes = new ArrayList<>();

    /** One strike, and the weather under which it lasts. */
    private static final class Strike {
        private final Fault fault;
        private final int since;
        private int until = Integer.MAX_VALUE;
        private boolean felt;

        Strike(Fault fault, int since, boolean felt) {
            this.fault = fault;
            this.since = since;
            this.felt = felt;
        }
    }

    /**
     * A fault struck.
     *
     * @param weather how often the weather had changed then, by this fault too
     * @param felt whether it changed something at once
     * @return the number of this strike
     */
    int struck(Fault fault, int weather, boolean felt) {
        strikes.add(new Strike(fault, weather, felt));
        return strikes.size() - 1;
    }

    /** A fault was healed; of several that are equal it is the first. */
    void healed(Fault fault, int weather, boolean felt) {
        for (Strike strike : strikes) {
            if (strike.fault.equals(fault) && strike.until == Integer.MAX_VALUE) {
                strike.until = weather;
                strike.felt |= felt;
                return;
            }
        }
    }

    /** Under some weather a message from one place to another did not arrive as it was sent. */
    void spoilt(int weather, int from, int to) {
        for (Strike strike : strikes) {
            if (strike.fault instanceof Fault.OfNetwork ofNetwork
                    && strike.since <= weather
                    && weather < strike.until
                    && Weather.quality(ofNetwork, from, to) != null) {
                strike.felt = true;
            }
        }
    }

    /** Whether a strike changed something. */
    boolean isFelt(int strike) {
        return strikes.get(strike).felt;
    }
}
