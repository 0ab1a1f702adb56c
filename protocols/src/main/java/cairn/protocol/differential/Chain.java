package cairn.protocol.differential;

import cairn.model.Epoch;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;

import java.util.BitSet;

/**
 * Which pages belong in the next image. A differential image holds all pages that changed since the
 * last full one, so a restore needs two files and no more (St. Pierre); so long as each is put on
 * its own full image, none in between is missed.
 */
final class Chain {

    private final int fullEvery;
    private final BitSet changed = new BitSet();
    private Epoch base = Epoch.ZERO;
    private int sinceFull;

    Chain(int fullEvery) {
        this.fullEvery = fullEvery;
    }

    /** A page was stored to. */
    void stored(int page) {
        changed.set(page);
    }

    /** Whether the next image is a full one. */
    boolean isFullDue() {
        return base.equals(Epoch.ZERO) || sinceFull >= fullEvery;
    }

    /** The image of a checkpoint, from what changed since the last full one. */
    Image next(long owner, Epoch epoch, PagedMemory memory) {
        if (isFullDue()) {
            base = epoch;
            sinceFull = 1;
            changed.clear();
            return Image.full(owner, epoch, memory.snapshot());
        }
        sinceFull++;
        return Image.delta(owner, epoch, base, memory.snapshot(), changed, new byte[0]);
    }

    /** The full image that the next differential one is put on. */
    Epoch base() {
        return base;
    }
}
