package cairn.protocol.redundancy;

import java.util.ArrayList;
import java.util.List;

/** Which ranks keep redundancy for each other: never two of one failure domain. */
final class Placement {

    private final List<RedundancySet> sets = new ArrayList<>();

    /**
     * Deals the ranks out to groups, one after another. Throws {@link IllegalArgumentException} if
     * a domain has more ranks than there are groups, so that two of it would be in one.
     */
    Placement(int ranks, RedundancySettings settings, Rules rules) {
        int groups = Math.max(1, ranks / settings.groupSize());
        if (ranks > 1 && Math.min(ranks, settings.ranksPerDomain()) > groups) {
            throw new IllegalArgumentException(
                    settings.ranksPerDomain()
                            + " ranks fail together, and there are only "
                            + groups
                            + " groups to keep them apart");
        }
        for (int group = 0; group < groups; group++) {
            List<Integer> members = new ArrayList<>();
            for (int rank = group; rank < ranks; rank += groups) {
                members.add(rank);
            }
            sets.add(RedundancySet.of(members, settings, rules));
        }
    }

    /** All groups. */
    List<RedundancySet> sets() {
        return List.copyOf(sets);
    }

    /** The group of a rank. */
    RedundancySet of(int rank) {
        return sets.get(rank % sets.size());
    }
}
