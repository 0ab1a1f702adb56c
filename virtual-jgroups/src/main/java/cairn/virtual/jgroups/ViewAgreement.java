package cairn.virtual.jgroups;

import cairn.model.property.Judgement;
import cairn.virtual.jgroups.GroupEvent.Installed;
import cairn.virtual.jgroups.GroupEvent.ViewId;

import java.util.HashMap;
import java.util.Map;

/** All who are given a view of one name are given the same members, in the same order. */
final class ViewAgreement implements Rule {

    @Override
    public String id() {
        return "VIEW-AGREEMENT";
    }

    @Override
    public Judgement judge(GroupResult result) {
        Judgement judgement = new Judgement(id());
        Map<ViewId, Installed> first = new HashMap<>();
        for (GroupEvent event : result.journal()) {
            if (event instanceof Installed view) {
                Installed other = first.putIfAbsent(view.id(), view);
                if (other != null && !other.members().equals(view.members())) {
                    judgement.violated(view.at(), other + "; " + view);
                } else if (other != null) {
                    judgement.witness();
                }
            }
        }
        return judgement;
    }
}
