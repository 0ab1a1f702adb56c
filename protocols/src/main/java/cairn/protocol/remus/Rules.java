package cairn.protocol.remus;

/** The decisions on which safety hangs, replaceable so that a test can see them made wrongly. */
interface Rules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    long EPOCHS_PER_TERM = 100_000_000;

    /** Outputs of an epoch leave when the backup has it, and not before. */
    default boolean mayReleaseAtOnce(boolean alone) {
        return alone;
    }

    /** Who goes on from an epoch says from which, before it works. */
    default boolean saysFromWhat() {
        return true;
    }

    /**
     * The number after which a term's next epoch is numbered. Two primaries at a time go on from
     * one epoch, so each term has numbers of its own: else both would give one number to two
     * contents, and either may be what is gone on from.
     */
    default long numberBefore(long term, long epoch) {
        return Math.max(epoch, term * EPOCHS_PER_TERM);
    }
}
