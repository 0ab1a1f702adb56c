package cairn.protocol.coordinated;

/**
 * What may be chosen for coordinated checkpoints.
 *
 * @param cut how the ranks cut a line together
 * @param store where images lie
 * @param outputs when an output leaves
 * @param intervalNanos from one checkpoint's end to the next one's beginning, above zero; 5 ms
 * @param retryNanos after how long a message that was not answered is sent again, above zero; 1 ms
 */
public record CoordinatedSettings(
        Cut cut, Place store, Release outputs, long intervalNanos, long retryNanos) {

    /** How the ranks cut a line together. */
    public enum Cut {
        /** All stop, and go on when all have cut. */
        STOP_UNTIL_CUT,
        /** All stop, and go on when all images are durable. */
        STOP_UNTIL_SAFE,
        /** Nobody stops; markers separate before from after in first-in, first-out channels. */
        MARKERS,
        /** Nobody stops; messages may overtake each other and bear colours. */
        COLOURS
    }

    /** Where images lie. */
    public enum Place {
        /** On the disk of the rank's own machine. */
        OWN_DISK,
        /** On the disk of a store, so a rank's machine may be lost for good. */
        STORE
    }

    /** When an output leaves. */
    public enum Release {
        /** At once; a recovery may take back what was behind it. */
        AT_ONCE,
        /** When a checkpoint that contains it is safe at all ranks. */
        WHEN_SAFE
    }

    public static final CoordinatedSettings DEFAULT =
            new CoordinatedSettings(
                    Cut.STOP_UNTIL_CUT, Place.OWN_DISK, Release.WHEN_SAFE, 5_000_000, 1_000_000);

    public CoordinatedSettings {
        if (intervalNanos < 1 || retryNanos < 1) {
            throw new IllegalArgumentException(
                    "times are above zero: " + intervalNanos + ", " + retryNanos);
        }
    }
}
