package cairn.cluster.group;

import org.jgroups.Address;
import org.jgroups.util.ExtendedUUID;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * A process in the group: which places of the layout it is home to, and how often these were
 * started before. The address says so itself, so that nobody has to ask whose it is.
 *
 * @param first the first place
 * @param count how many places in a row
 * @param incarnation how often they were started before
 */
public record Member(int first, int count, int incarnation) {

    private static final String KEY = "place";

    /** A new address of this member. */
    Address address() {
        byte[] said =
                ByteBuffer.allocate(3 * Integer.BYTES)
                        .putInt(first)
                        .putInt(count)
                        .putInt(incarnation)
                        .array();
        return ExtendedUUID.randomUUID(toString()).put(KEY, said);
    }

    /** Who has an address; {@code null} for one that does not say. */
    static @Nullable Member of(@Nullable Address address) {
        byte[] said = address instanceof ExtendedUUID uuid ? uuid.get(KEY) : null;
        if (said == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(said);
        return new Member(bytes.getInt(), bytes.getInt(), bytes.getInt());
    }

    /** Whether it is home to a place. */
    public boolean hosts(int place) {
        return place >= first && place < first + count;
    }

    @Override
    public String toString() {
        return "n" + first + (count > 1 ? "-" + (first + count - 1) : "") + "." + incarnation;
    }
}
