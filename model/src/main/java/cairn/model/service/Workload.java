package cairn.model.service;

/**
 * What the clients of a service want.
 *
 * @param clients how many clients
 * @param requests how many requests all clients together send; the run is finished when all are
 *     answered
 * @param loop how the next request comes about
 * @param timeoutNanos how long a client waits for an answer before it asks the next server
 */
public record Workload(int clients, long requests, Loop loop, long timeoutNanos) {

    public Workload {
        if (clients < 1 || requests < 1 || timeoutNanos < 1) {
            throw new IllegalArgumentException(
                    "clients, requests and timeout are above zero: "
                            + clients
                            + ", "
                            + requests
                            + ", "
                            + timeoutNanos);
        }
    }

    /** How the next request of a client comes about. */
    public sealed interface Loop {

        /** A client asks when it has its answer, after thinking for a while. */
        record Closed(long thinkNanos) implements Loop {
            public Closed {
                if (thinkNanos < 0) {
                    throw new IllegalArgumentException(
                            "thinking takes zero or more: " + thinkNanos);
                }
            }
        }

        /**
         * Requests come at a rate, whether or not earlier ones were answered: Poisson arrivals. A
         * client that is still busy asks late; latency counts from when it should have asked, so
         * that waiting is not omitted.
         */
        record Open(double perSecond) implements Loop {
            public Open {
                if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
                    throw new IllegalArgumentException("a rate is above zero: " + perSecond);
                }
            }
        }

        /**
         * A client asks when it is told to, from outside of the run. Told again while it waits, it
         * gives the earlier request up: that one may still take effect at any time.
         */
        record Directed() implements Loop {}
    }
}
