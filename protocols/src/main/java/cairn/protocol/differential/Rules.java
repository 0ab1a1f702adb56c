package cairn.protocol.differential;

import cairn.model.Epoch;

/** The decision on which safety hangs, replaceable so that a test can see it made wrongly. */
interface Rules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    /** PA-3: a differential image is put on the very image that it was made against. */
    default boolean fits(Epoch base, Epoch restored) {
        return base.equals(restored);
    }
}
