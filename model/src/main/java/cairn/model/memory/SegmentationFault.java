package cairn.model.memory;

import java.io.Serial;

/**
 * A store to a page that stayed protected after its fault was handled, as when unprotecting it
 * failed. An operating system ends the process; so does whoever drives one.
 */
public final class SegmentationFault extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    SegmentationFault(int page) {
        super("a store to page " + page + ", which stays protected");
    }
}
