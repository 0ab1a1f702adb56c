package cairn.simulator.network;

/** A machine's port for what arrives. */
final class Arrivals {

    /** The message is not delayed. */
    static final long AT_ONCE = -1;

    private final InFlight inFlight;
    private final Port port = new Port();
    private int waiting;

    Arrivals(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    int keep(long argument, int bytes) {
        return inFlight.keep(argument, bytes);
    }

    long argument(long slot) {
        return inFlight.argument((int) slot);
    }

    void forget(long slot) {
        inFlight.forget((int) slot);
    }

    /** When a message whose last bit arrives now is through; {@link #AT_ONCE} if undelayed. */
    long takeIn(long now, long slot, double nanosPerByte) {
        long through = port.takeIn(now, inFlight.bytes((int) slot) * nanosPerByte);
        // Behind others that wait, a message waits too, even for no time: it must not overtake.
        if (waiting == 0 && through == now) {
            return AT_ONCE;
        }
        waiting++;
        return through;
    }

    void left() {
        waiting--;
    }
}
