package cairn.virtual.jgroups;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.property.Verdict;
import cairn.virtual.jgroups.GroupEvent.Counted;
import cairn.virtual.jgroups.GroupEvent.Delivered;
import cairn.virtual.jgroups.GroupEvent.Installed;
import cairn.virtual.jgroups.GroupEvent.ViewId;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Each rule holds for a history that keeps it, and catches one that does not. */
final class RulesTest {

    private static final Member A = new Member(0, 1);
    private static final Member B = new Member(1, 1);

    private static GroupResult history(GroupEvent... events) {
        return new GroupResult(
                0, 100, 0, 0, 0, OptionalLong.of(50), 0, Arrays.asList(events), List.of());
    }

    private static Installed view(Member member, long number, Member... members) {
        return new Installed(number, member, new ViewId(A, number), List.of(members), false);
    }

    private static Delivered message(Member member, Member from, long number) {
        return new Delivered(1, member, from, number);
    }

    private static void holds(Rule rule, GroupEvent... events) {
        assertInstanceOf(Verdict.Holds.class, rule.judge(history(events)).verdict());
    }

    private static void catches(Rule rule, GroupEvent... events) {
        assertTrue(rule.judge(history(events)).isViolated());
    }

    @Test
    void oneNameOfAViewMeansOneListOfMembers() {
        holds(new ViewAgreement(), view(A, 1, A, B), view(B, 1, A, B));
        catches(new ViewAgreement(), view(A, 1, A, B), view(B, 1, A));
    }

    @Test
    void viewsGoOnAndHaveTheirMember() {
        holds(new ViewOrder(), view(A, 1, A), view(A, 2, A, B));
        catches(new ViewOrder(), view(A, 2, A), view(A, 2, A, B));
        catches(new ViewOrder(), view(B, 1, A));
    }

    @Test
    void messagesOfOneComeInTheirOrderFromMergeToMerge() {
        Rule fifo = new Fifo();
        holds(fifo, message(A, B, 1), message(A, B, 3));
        catches(fifo, message(A, B, 2), message(A, B, 2));
        Installed merge = new Installed(1, A, new ViewId(A, 2), List.of(A, B), true);
        holds(fifo, message(A, B, 1), message(A, B, 2), merge, message(A, B, 1), message(A, B, 2));
        catches(fifo, message(A, B, 2), view(A, 2, A, B), message(A, B, 1));
    }

    @Test
    void aGroupThatIsNotOneAtTheEndHasNotConverged() {
        holds(new Convergence(), view(A, 1, A));
        GroupResult never =
                new GroupResult(
                        0,
                        100,
                        0,
                        0,
                        0,
                        OptionalLong.empty(),
                        0,
                        List.of(view(A, 1, A)),
                        List.of());
        assertTrue(new Convergence().judge(never).isViolated());
    }

    @Test
    void noTwoIncrementsHaveOneAnswer() {
        holds(new UniqueCounts(), new Counted(1, A, 1), new Counted(2, B, 2));
        catches(new UniqueCounts(), new Counted(1, A, 1), new Counted(2, B, 1));
    }

    @Test
    void whoGoesFromOneViewToTheNextTogetherWasGivenTheSame() {
        Rule synchrony = new VirtualSynchrony();
        holds(
                synchrony,
                view(A, 1, A, B),
                view(B, 1, A, B),
                message(A, B, 1),
                message(B, B, 1),
                view(A, 2, A, B),
                view(B, 2, A, B));
        catches(
                synchrony,
                view(A, 1, A, B),
                view(B, 1, A, B),
                message(B, B, 1),
                view(A, 2, A, B),
                view(B, 2, A, B));
    }
}
