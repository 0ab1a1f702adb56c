package cairn.virtual.jgroups;

import cairn.model.property.Judgement;
import cairn.virtual.jgroups.GroupEvent.Counted;

import java.util.HashMap;
import java.util.Map;

/**
 * No two increments of one counter are answered with the same value. COUNTER keeps the counter at
 * the coordinator of each partition, so two partitions count on from the same value.
 */
final class UniqueCounts implements Rule {

    @Override
    public String id() {
        return "UNIQUE-COUNTS";
    }

    @Override
    public Judgement judge(GroupResult result) {
        Judgement judgement = new Judgement(id());
        Map<Long, Counted> first = new HashMap<>();
        for (GroupEvent event : result.journal()) {
            if (event instanceof Counted count) {
                Counted other = first.putIfAbsent(count.value(), count);
                if (other != null) {
                    judgement.violated(
                            count.at(),
                            other + " at " + other.at() / 1_000_000 + " ms, and " + count);
                } else {
                    judgement.witness();
                }
            }
        }
        return judgement;
    }
}
