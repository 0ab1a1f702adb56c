package cairn.virtual.jgroups;

import cairn.model.property.Judgement;
import cairn.virtual.jgroups.GroupEvent.Delivered;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages of one member reach another in their order, and none twice. */
final class Fifo implements Rule {

    @Override
    public String id() {
        return "FIFO";
    }

    @Override
    public Judgement judge(GroupResult result) {
        Judgement judgement = new Judgement(id());
        Map<List<Member>, Long> latest = new HashMap<>();
        for (GroupEvent event : result.journal()) {
            if (event instanceof Delivered message) {
                Long before =
                        latest.put(List.of(message.member(), message.from()), message.number());
                if (before != null && before >= message.number()) {
                    judgement.violated(message.at(), message + ", after " + before);
                } else if (before != null) {
                    judgement.witness();
                }
            }
        }
        return judgement;
    }
}
