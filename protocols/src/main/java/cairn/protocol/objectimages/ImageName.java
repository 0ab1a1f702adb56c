package cairn.protocol.objectimages;

import cairn.model.Epoch;

import org.jspecify.annotations.Nullable;

/** The file of an object's image: {@code object-7-12} is that of object 7 as of checkpoint 12. */
record ImageName(int object, Epoch epoch) {

    private static final String PREFIX = "object-";

    /** What a file is the image of; null for one that is none. */
    static @Nullable ImageName of(String file) {
        if (!file.startsWith(PREFIX)) {
            return null;
        }
        int dash = file.indexOf('-', PREFIX.length());
        return new ImageName(
                Integer.parseInt(file.substring(PREFIX.length(), dash)),
                new Epoch(Long.parseLong(file.substring(dash + 1))));
    }

    /** The name of the file. */
    @Override
    public String toString() {
        return PREFIX + object + "-" + epoch.number();
    }
}
