package cairn.virtual.jgroups;

import cairn.model.property.Judgement;
import cairn.virtual.jgroups.GroupEvent.Delivered;
import cairn.virtual.jgroups.GroupEvent.Installed;

import java.util.HashMap;
import java.util.Map;

/**
 * The messages of one member reach another in their order, and none twice, from one merge to the
 * next: across a merge a member may be given again what it was given before it was left out.
 */
final class Fifo implements Rule {

    @Override
    public String id() {
        return "FIFO";
    }

    @Override
    public Judgement judge(GroupResult result) {
        Judgement judgement = new Judgement(id());
        Map<Member, Map<Member, Long>> latest = new HashMap<>();
        for (GroupEvent event : result.journal()) {
            switch (event) {
                case Delivered message -> {
                    Long before =
                            latest.computeIfAbsent(message.member(), _ -> new HashMap<>())
                                    .put(message.from(), message.number());
                    if (before != null && before >= message.number()) {
                        judgement.violated(message.at(), message + ", after " + before);
                    } else if (before != null) {
                        judgement.witness();
                    }
                }
                case Installed view -> {
                    Map<Member, Long> counts =
                            latest.computeIfAbsent(view.member(), _ -> new HashMap<>());
                    if (view.merge()) {
                        counts.clear();
                    } else {
                        counts.keySet().retainAll(view.members());
                    }
                }
                case GroupEvent.Counted _, GroupEvent.Seen _ -> {
                    // Neither a message nor a view.
                }
            }
        }
        return judgement;
    }
}
