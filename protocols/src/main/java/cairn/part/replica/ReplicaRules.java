package cairn.part.replica;

import cairn.model.NodeId;

import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;

/**
 * The decisions on which the safety of replicas hangs, each in one place and replaceable by itself,
 * so that a test can make one of them wrongly and see it caught.
 */
public interface ReplicaRules {

    /** The rules as they should be. */
    ReplicaRules SOUND = new ReplicaRules() {};

    // ---- storing

    /** CS-8: whether the segments that were read belong to the version, each of them. */
    default boolean isUntorn(List<Segment> read, List<Long> changed) {
        for (int i = 0; i < changed.size(); i++) {
            if (read.get(i).version() != changed.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** CS-12: who is to hold the copies. */
    default NavigableSet<NodeId> place(Placement placement) {
        return placement.choose();
    }

    /** CS-3: whether so many replicas are enough for a version to be safe. */
    default boolean isEnough(int found, ReplicaSettings settings) {
        return settings.withFewer() || found >= settings.replicas();
    }

    /** CS-3: whether a copy counts only when it is on the disk. */
    default boolean waitsForDisk(ReplicaSettings settings) {
        return settings.durable();
    }

    /** CS-13: a replica stores nothing for who was replaced. */
    default boolean isFenced(long term, long fence) {
        return term < fence;
    }

    /** CS-13: the term that a replica obeys when it hears of one. */
    default long fence(long known, long heard) {
        return Math.max(known, heard);
    }

    /** CS-13: an older version never takes the place of a newer one. */
    default boolean isNewer(Copy copy, Copy held) {
        return copy.isAfter(held);
    }

    // ---- loading

    /** CS-5: whether an answer counts: only members hold all that is safe. */
    default boolean counts(Membership membership, NodeId from, int identity) {
        return membership.members().contains(new Member(from, identity));
    }

    /** CS-5: the version to load, of those that the members that answered hold whole. */
    default long recoveryLine(NavigableMap<NodeId, Long> versions, List<Member> lost) {
        return versions.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** CS-6: whether a segment arrived as it was sent. */
    default boolean isWhole(Segment segment, long checksum) {
        return segment.checksum() == checksum;
    }
}
