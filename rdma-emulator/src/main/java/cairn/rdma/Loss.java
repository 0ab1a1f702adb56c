package cairn.rdma;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a fault took of the bytes that were on their way to persistent memory, without those that
 * got there after all.
 *
 * @param adapterBytes in the buffers of adapter and I/O
 * @param cacheBytes in dirty lines of the last-level cache
 */
public record Loss(long adapterBytes, long cacheBytes) {

    public static final Loss NONE = new Loss(0, 0);

    /** {@code 4,096 B in the cache}. */
    @Override
    public String toString() {
        List<String> places = new ArrayList<>();
        if (adapterBytes > 0) {
            places.add(String.format(Locale.ROOT, "%,d B in the adapter", adapterBytes));
        }
        if (cacheBytes > 0) {
            places.add(String.format(Locale.ROOT, "%,d B in the cache", cacheBytes));
        }
        return places.isEmpty() ? "nothing" : String.join(", ", places);
    }
}
