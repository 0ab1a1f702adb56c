package cairn.protocol.rdmapmem;

import cairn.model.verbs.Access;
import cairn.model.verbs.Extent;
import cairn.model.verbs.MemoryKey;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.protocol.rdmapmem.AppendSets.Live;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Bind;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Order;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Revoke;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught.
 */
interface Rules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    // ---- storing

    /** PMU-11: how a set is made durable, and in which order. */
    default Persistence persistence(RdmaPmemSettings settings) {
        return Persistence.of(settings);
    }

    /** PMU-13: the slot after the one written last; there is one more than there are units. */
    default int nextSlot(int last, int slots) {
        return (last + 1) % slots;
    }

    /** PMU-15: no set is given up that one of the newest sets needs. */
    default long oldestToKeep(ArrayDeque<Live> live, int retained) {
        long oldest = Long.MAX_VALUE;
        Iterator<Live> newestFirst = live.descendingIterator();
        for (int left = retained; left > 0 && newestFirst.hasNext(); left--) {
            oldest = Math.min(oldest, newestFirst.next().needs());
        }
        return oldest;
    }

    /** PMU-20: how many units must hold a set before it is acknowledged. */
    default int unitsToAcknowledge(RdmaPmemSettings settings) {
        return settings.mirrorsToAcknowledge();
    }

    /** PMU-9: a request that was not completed, for whatever reason, may not have been done. */
    default boolean failed(WorkCompletion completion) {
        return !completion.succeeded();
    }

    // ---- restoring

    /** PMU-11: whether what was read is what was written. */
    default boolean isWhole(long checksum, long expected) {
        return checksum == expected;
    }

    /** PMU-7: whether a set that was read is still there, and so was there all the while. */
    default boolean wasThere(CommitRecord read, CommitRing now) {
        return now.holds(read);
    }

    /** PMU-16: the set that the memory is at when one was read and {@code now} is in the ring. */
    default CommitRecord reached(CommitRecord read, CommitRing now) {
        return read;
    }

    /** PMU-1: the keys that a server may use without opening a region: none. */
    default @Nullable List<Integer> keysWithoutOpening(boolean writes, int region) {
        return null;
    }

    // ---- in the unit

    /** PMU-11: a directory never overwrites the valid one. */
    default int nextDirectorySlot(int current) {
        return 1 - current;
    }

    /** PMU-18: who is no longer the manager is not obeyed. */
    default boolean isOutranked(long term, long highestTerm) {
        return term < highestTerm;
    }

    /**
     * PMU-17: an order to let a former primary write may have been under way when it was replaced;
     * the directory knows who leads.
     */
    default boolean mayBind(Bind bind, Directory directory) {
        return !bind.writes()
                || (directory.holder() == bind.requester().index()
                        && directory.leaderTerm() == bind.leaderTerm());
    }

    /** PMU-10: a region's own key opens nothing; only windows do. */
    default Set<Access> regionRights(RdmaPmemSettings settings) {
        Set<Access> rights = EnumSet.of(Access.LOCAL_WRITE, Access.WINDOW_BIND);
        if (settings.needsNativeFlush()) {
            rights.add(Access.FLUSH_PERSISTENT);
        }
        return rights;
    }

    /** PMU-17: the key of a window that only one connection can use. */
    default int keyFor(
            Verbs verbs, int queuePair, MemoryKey region, long length, Set<Access> rights) {
        return verbs.bindWindow(queuePair, region.lkey(), 0, length, rights);
    }

    /** PMU-4: a region that was laid out elsewhere is translated to its new place. */
    default void move(Verbs verbs, int lkey, Extent place) {
        verbs.translate(lkey, List.of(place));
    }

    // ---- in the manager

    /** PMU-17: what ends the access of former primaries. */
    default Order revocation(long term, long leaderTerm) {
        return new Revoke(term, leaderTerm);
    }

    /** The directory under a new primary: everything stays where it is. */
    default Directory underNewPrimary(Directory directory, Layout layout) {
        return directory;
    }
}
