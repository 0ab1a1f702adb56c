package cairn.part.ensemble;

/**
 * When to say something again that was not answered: after one tick, then after two, four and so
 * on, so that what takes long is not asked for faster than it can be done.
 */
public final class Patience {

    private static final int MOST_TICKS = 64;

    private int wait = 1;
    private int left = 1;

    /** Something was said for the first time. */
    public void begin() {
        wait = 1;
        left = 1;
    }

    /** Another tick has passed; true if it is time to say it again. */
    public boolean isOver() {
        left--;
        if (left > 0) {
            return false;
        }
        wait = Math.min(2 * wait, MOST_TICKS);
        left = wait;
        return true;
    }
}
