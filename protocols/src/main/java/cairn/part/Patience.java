package cairn.part;

/**
 * When to say something again that was not answered: after some ticks, then after twice as many,
 * and so on, so that repeats do not become what delays the first one.
 */
public final class Patience {

    private final int first;
    private final int most;
    private int wait;
    private int left;

    /** After one tick first, after 64 at the latest. */
    public Patience() {
        this(1, 64);
    }

    /**
     * Patience that grows.
     *
     * @param first after how many ticks it is over for the first time
     * @param most how many it grows to
     */
    public Patience(int first, int most) {
        this.first = first;
        this.most = most;
        begin();
    }

    /** Something was said for the first time. */
    public void begin() {
        wait = first;
        left = first;
    }

    /** Another tick has passed; true if it is time to say it again. */
    public boolean isOver() {
        left--;
        if (left > 0) {
            return false;
        }
        wait = Math.min(2 * wait, most);
        left = wait;
        return true;
    }
}
