package cairn.protocol.objectimages;

import java.util.List;

/**
 * What may be chosen of object images. Promised in any case: an answered request survives every
 * crash and loss of power of the one machine.
 *
 * @param batchRequests how many requests one checkpoint may contain, one or more; 256
 * @param objectPages how many pages an object has, one or more: small ones write less, large ones
 *     sync fewer files; 1
 */
public record ObjectImagesSettings(int batchRequests, int objectPages) {

    public static final ObjectImagesSettings DEFAULT = new ObjectImagesSettings(256, 1);

    public ObjectImagesSettings {
        if (batchRequests < 1 || objectPages < 1) {
            throw new IllegalArgumentException(
                    "a checkpoint contains one request or more, and an object one page or more: "
                            + List.of(batchRequests, objectPages));
        }
    }
}
