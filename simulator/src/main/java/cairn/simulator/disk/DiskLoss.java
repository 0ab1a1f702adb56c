package cairn.simulator.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a fault took of what had not reached the platter, without what got there after all.
 *
 * @param bytes of files, in sectors
 * @param names files that were made, renamed or deleted
 */
public record DiskLoss(long bytes, int names) {

    public static final DiskLoss NONE = new DiskLoss(0, 0);

    /** {@code 4,096 B of files, 1 change of names}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (bytes > 0) {
            parts.add(String.format(Locale.ROOT, "%,d B of files", bytes));
        }
        if (names > 0) {
            parts.add(names + (names == 1 ? " change of names" : " changes of names"));
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }
}
