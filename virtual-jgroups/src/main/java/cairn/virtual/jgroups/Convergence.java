package cairn.virtual.jgroups;

import cairn.model.property.Judgement;
import cairn.virtual.jgroups.GroupEvent.Installed;

import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * When nothing fails any more, all members come to have one view that has them all, within the time
 * that the scenario gives them.
 */
final class Convergence implements Rule {

    @Override
    public String id() {
        return "CONVERGENCE";
    }

    @Override
    public Judgement judge(GroupResult result) {
        Judgement judgement = new Judgement(id());
        if (result.convergedNanos().isPresent()) {
            judgement.witness();
        } else {
            judgement.violated(
                    result.endNanos(),
                    (result.endNanos() - result.healedNanos()) / 1_000_000_000
                            + " s after the last fault was healed: "
                            + latest(result).values());
        }
        return judgement;
    }

    private static SequencedMap<Integer, Installed> latest(GroupResult result) {
        SequencedMap<Integer, Installed> latest = new TreeMap<>();
        for (GroupEvent event : result.journal()) {
            if (event instanceof Installed view) {
                latest.put(view.member().process(), view);
            }
        }
        return latest;
    }
}
