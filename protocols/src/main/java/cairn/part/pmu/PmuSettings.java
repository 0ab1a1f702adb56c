package cairn.part.pmu;

import cairn.model.Acknowledgement;
import cairn.model.verbs.Access;

import java.util.EnumSet;
import java.util.Set;

/**
 * What may be chosen of persistent-memory units.
 *
 * @param persist how bytes are made durable
 * @param acknowledge what is said of them when they are; below DURABLE nothing is flushed to
 *     persistence
 * @param heartbeatNanos how often the active manager shows that it lives, and how long is waited
 *     for a reply before asking again
 * @param suspectAfterNanos after how long a silence the other one takes over
 * @param timeoutExponent a connection sends again after 4.096 us times two to this power, and fails
 *     after seven times
 */
public record PmuSettings(
        PersistMethod persist,
        Acknowledgement acknowledge,
        long heartbeatNanos,
        long suspectAfterNanos,
        int timeoutExponent) {

    /** Whether what is acknowledged survives a loss of power. */
    public boolean isDurable() {
        return acknowledge.compareTo(Acknowledgement.DURABLE) >= 0;
    }

    /** Whether units must implement the persistent flush. */
    public boolean needsNativeFlush() {
        return persist == PersistMethod.NATIVE_FLUSH && isDurable();
    }

    /** PMU-17: what a connection may do with a region that was opened on it. */
    Set<Access> rights(boolean writes) {
        Set<Access> rights = EnumSet.of(Access.REMOTE_READ);
        if (writes) {
            rights.add(Access.REMOTE_WRITE);
            rights.add(Access.FLUSH_GLOBAL);
        }
        if (writes && needsNativeFlush()) {
            rights.add(Access.FLUSH_PERSISTENT);
        }
        return rights;
    }
}
