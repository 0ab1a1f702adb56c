package cairn.part.pmu;

import cairn.model.verbs.Access;
import cairn.model.verbs.Extent;
import cairn.model.verbs.MemoryKey;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.part.pmu.PmuMessage.Bind;
import cairn.part.pmu.PmuMessage.Order;
import cairn.part.pmu.PmuMessage.Revoke;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The decisions on which the safety of units hangs, each in one place and replaceable by itself, so
 * that a test can make one of them wrongly and see it caught.
 */
public interface PmuRules {

    /** The rules as they should be. */
    PmuRules SOUND = new PmuRules() {};

    // ---- in a client

    /** PMU-11: how what is written is made durable, and in which order. */
    default Persistence persistence(PmuSettings settings) {
        return Persistence.of(settings);
    }

    /** PMU-9: a request that was not completed, for whatever reason, may not have been done. */
    default boolean failed(WorkCompletion completion) {
        return !completion.succeeded();
    }

    /** PMU-1: the keys that a client may use without opening a region: none. */
    default @Nullable List<Integer> keysWithoutOpening(boolean writes, int region) {
        return null;
    }

    // ---- in a unit

    /** PMU-11: a directory never overwrites the valid one. */
    default int nextDirectorySlot(int current) {
        return 1 - current;
    }

    /** PMU-18: who is no longer the manager is not obeyed. */
    default boolean isOutranked(long term, long highestTerm) {
        return term < highestTerm;
    }

    /**
     * PMU-17: an order to let a former leader write may have been under way when it was replaced;
     * the directory knows who leads.
     */
    default boolean mayBind(Bind bind, Directory directory) {
        return !bind.writes() || directory.isLedBy(bind.requester(), bind.leaderTerm());
    }

    /** PMU-10: a region's own key opens nothing; only windows do. */
    default Set<Access> regionRights(PmuSettings settings) {
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

    /** PMU-17: what ends the access of former leaders. */
    default Order revocation(long term, long leaderTerm) {
        return new Revoke(term, leaderTerm);
    }

    /** The directory under a new leader: everything stays where it is. */
    default Directory underNewLeader(Directory directory, long unitBytes) {
        return directory;
    }
}
