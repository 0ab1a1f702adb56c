package cairn.virtual.jgroups;

import cairn.model.property.Judgement;
import cairn.virtual.jgroups.GroupEvent.Installed;

import java.util.HashMap;
import java.util.Map;

/** The numbers of the views that a member is given grow, and it is in each of them. */
final class ViewOrder implements Rule {

    @Override
    public String id() {
        return "VIEW-ORDER";
    }

    @Override
    public Judgement judge(GroupResult result) {
        Judgement judgement = new Judgement(id());
        Map<Member, Installed> latest = new HashMap<>();
        for (GroupEvent event : result.journal()) {
            if (event instanceof Installed view) {
                Installed before = latest.put(view.member(), view);
                if (!view.members().contains(view.member())) {
                    judgement.violated(view.at(), view + ", which it is not in");
                } else if (before != null && before.id().number() >= view.id().number()) {
                    judgement.violated(view.at(), before + "; then " + view);
                } else {
                    judgement.witness();
                }
            }
        }
        return judgement;
    }
}
