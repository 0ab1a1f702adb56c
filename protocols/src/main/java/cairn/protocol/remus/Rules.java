package cairn.protocol.remus;

/** The decision on which safety hangs, replaceable so that a test can see it made wrongly. */
interface Rules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    /** Outputs of an epoch leave when the backup has it, and not before. */
    default boolean mayReleaseAtOnce(boolean alone) {
        return alone;
    }
}
