package cairn.model.verbs;

import java.util.List;

/**
 * A place for one incoming SEND, or the consent to one WRITE with immediate (which leaves the place
 * untouched).
 */
public record ReceiveRequest(long id, List<LocalSlice> into) {

    public ReceiveRequest {
        into = List.copyOf(into);
    }

    public ReceiveRequest(long id, LocalSlice into) {
        this(id, List.of(into));
    }

    /** The longest message that fits. */
    public int length() {
        return LocalSlices.length(into);
    }
}
