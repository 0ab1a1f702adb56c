package cairn.protocol.segments;

/**
 * Says when what had no effect is to be said again: after two ticks, then four, and so on, so that
 * repeats do not become what delays the first one.
 */
final class Patience {

    private static final int FIRST_TICKS = 2;
    private static final int MOST_TICKS = 256;

    private int interval = FIRST_TICKS;
    private int ticks;

    /** Something new was said. */
    void begin() {
        interval = FIRST_TICKS;
        ticks = 0;
    }

    /** One more tick has passed; true if it is time to say it again. */
    boolean tick() {
        if (++ticks < interval) {
            return false;
        }
        ticks = 0;
        interval = Math.min(2 * interval, MOST_TICKS);
        return true;
    }
}
