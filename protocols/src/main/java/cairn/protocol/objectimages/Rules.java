package cairn.protocol.objectimages;

import cairn.model.Epoch;

/**
 * The decisions on which safety hangs, each replaceable by itself, so that a test can make one of
 * them wrongly and see it caught.
 */
interface Rules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    /** An image never takes the place of one that the registry may still name. */
    default Epoch fileOf(Epoch image) {
        return image;
    }

    /** The registry names no image before it is durable. */
    default boolean namesWhatIsDurable() {
        return true;
    }

    /** An image is garbage when a registry without it is durable. */
    default boolean mayCollect(boolean registryDurable) {
        return registryDurable;
    }

    /** The images of one checkpoint are those that its registry names, whatever else is there. */
    default Epoch chosen(Epoch registered, Epoch newestOnDisk) {
        return registered;
    }

    /** Whether what a file holds is the image that was looked for. */
    default boolean isIt(Epoch found, Epoch wanted) {
        return found.equals(wanted);
    }

    /** What is stored to after the cut belongs to the next checkpoint. */
    default boolean forgetsChangesAtCut() {
        return true;
    }
}
