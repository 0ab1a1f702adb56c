package cairn.protocol.differential;

import java.util.List;

/**
 * What may be chosen of differential images. Promised in any case: an answered request survives
 * every crash and loss of power of the one machine.
 *
 * @param batchRequests how many requests one checkpoint may contain, one or more; 256
 * @param fullEvery every how-manieth image is a full one; 1 for each, 8
 */
public record DifferentialSettings(int batchRequests, int fullEvery) {

    public static final DifferentialSettings DEFAULT = new DifferentialSettings(256, 8);

    public DifferentialSettings {
        if (batchRequests < 1 || fullEvery < 1) {
            throw new IllegalArgumentException(
                    "a checkpoint contains one request or more, and every image from the first on"
                            + " may be full: "
                            + List.of(batchRequests, fullEvery));
        }
    }
}
