package cairn.part.dependency;

import java.util.Arrays;

/**
 * For each receipt since the checkpoint, the newest arrival that the receipts up to it depend on.
 */
public final class Receipts {

    private long[] newest = new long[64];
    private long base;
    private int count;
    private long claimed;

    /** The rank is back where it had received so many messages. */
    public void restart(long receipts) {
        base = receipts;
        count = 0;
    }

    /** One more, which depends on the arrivals up to a position. */
    public void add(long position) {
        if (count == newest.length) {
            newest = Arrays.copyOf(newest, 2 * count);
        }
        newest[count++] = position;
    }

    /** Those up to a receipt are part of a checkpoint. */
    public void forget(long receipts) {
        // After a roll-back they may not all have been repeated yet.
        int old = (int) Math.min(receipts - base, count);
        if (old > 0) {
            System.arraycopy(newest, old, newest, 0, count - old);
            count -= old;
            base += old;
        }
    }

    /** The last receipt that depends on no arrival after a position. */
    public long upTo(long position) {
        // Positions never fall, and what was claimed once need not be looked at again.
        int at = (int) Math.max(0, Math.min(count, claimed - base));
        if (at > 0 && newest[at - 1] > position) {
            at = 0;
        }
        while (at < count && newest[at] <= position) {
            at++;
        }
        return base + at;
    }

    /** Up to which receipt it was last claimed that all is logged. */
    public long claimed() {
        return claimed;
    }

    public void claimed(long receipts) {
        claimed = receipts;
    }
}
