package cairn.virtual.jgroups;

import cairn.model.property.Judgement;
import cairn.virtual.jgroups.GroupEvent.Delivered;
import cairn.virtual.jgroups.GroupEvent.Installed;
import cairn.virtual.jgroups.GroupEvent.ViewId;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two members that go from one view to the same next one were given the same messages in the first
 * (Birman and Joseph, 1987). JGroups promised it with FLUSH, which it no longer has; without, a
 * message may reach one member before and another after the change of views.
 */
final class VirtualSynchrony implements Rule {

    /** From one view to the next. */
    private record Step(ViewId from, ViewId to) {}

    /** What a member was given in a view. */
    private record Given(Member member, Set<String> messages) {}

    /** A member's view, and what it was given in it. */
    private static final class Stay {
        private final ViewId view;
        private final Set<String> messages = new TreeSet<>();

        Stay(ViewId view) {
            this.view = view;
        }
    }

    @Override
    public String id() {
        return "VIRTUAL-SYNCHRONY";
    }

    @Override
    public Judgement judge(GroupResult result) {
        Judgement judgement = new Judgement(id());
        Map<Member, Stay> stays = new HashMap<>();
        Map<Step, Given> first = new HashMap<>();
        for (GroupEvent event : result.journal()) {
            switch (event) {
                case Delivered(long _, Member member, Member from, long number) -> {
                    Stay stay = stays.get(member);
                    if (stay != null) {
                        stay.messages.add(from + "#" + number);
                    }
                }
                case Installed view -> {
                    Stay before = stays.put(view.member(), new Stay(view.id()));
                    if (before != null) {
                        compare(judgement, first, view, before);
                    }
                }
                case GroupEvent.Counted _, GroupEvent.Seen _ -> {
                    // Neither a message nor a view.
                }
            }
        }
        return judgement;
    }

    private static void compare(
            Judgement judgement, Map<Step, Given> first, Installed view, Stay before) {
        Given given = new Given(view.member(), before.messages);
        @Nullable Given other = first.putIfAbsent(new Step(before.view, view.id()), given);
        if (other == null) {
            return;
        }
        if (other.messages.equals(given.messages)) {
            judgement.witness();
            return;
        }
        Set<String> only = new TreeSet<>(other.messages);
        only.removeAll(given.messages);
        Set<String> also = new TreeSet<>(given.messages);
        also.removeAll(other.messages);
        judgement.violated(
                view.at(),
                "in "
                        + before.view
                        + ", before "
                        + view.id()
                        + ": "
                        + other.member
                        + " alone was given "
                        + only
                        + ", "
                        + given.member
                        + " alone "
                        + also);
    }
}
