package cairn.part.transfer;

/** The decisions on which it hangs that the process is the same at its new place. */
public interface TransferRules {

    /** The rules as they should be. */
    TransferRules SOUND = new TransferRules() {};

    /** What changed in the last round is sent while the process stands still. */
    default boolean sendsLastChanges() {
        return true;
    }

    /** Stores are recorded before the first page of a round is read. */
    default boolean recordsBeforeReading() {
        return true;
    }

    /** A page that comes twice, when a demand for it crossed it, is put in place once. */
    default boolean installs(boolean isAbsent) {
        return isAbsent;
    }
}
