package cairn.virtual.jgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.virtual.jgroups.GroupEvent.Delivered;
import cairn.virtual.jgroups.GroupEvent.Installed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** The unmodified stack forms groups, notices failures and heals, in virtual time. */
final class GroupTest {

    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @EnumSource
    void fiveMembersFormOneGroupAndHearEachOther(Stack.Generation generation) {
        GroupResult result = Groups.run(Groups.calm().with(Stack.QUICK.with(generation)), 1);
        assertTrue(result.convergedNanos().isPresent());
        long pairs =
                result.journal().stream()
                        .filter(Delivered.class::isInstance)
                        .map(event -> (Delivered) event)
                        .map(event -> List.of(event.member(), event.from()))
                        .distinct()
                        .count();
        assertEquals(Groups.SIZE * Groups.SIZE, pairs);
    }

    @Test
    void aKilledMemberLeavesTheViewAndComesBackAsAnother() {
        GroupResult result =
                Groups.run(
                        Groups.calm()
                                .with(Groups.once(new Fault.ProcessCrash(new NodeId(2)), 5, 4)),
                        3);
        assertTrue(views(result).stream().anyMatch(view -> view.members().size() == 4));
        assertTrue(result.convergedNanos().isPresent());
        assertTrue(
                views(result).getLast().members().contains(new Member(2, 2)),
                views(result).getLast().toString());
    }

    @Test
    void whatIsCutOffFormsAGroupOfItsOwnAndIsMerged() {
        GroupResult result =
                Groups.run(
                        Groups.calm().with(Groups.once(new Fault.Isolation(new NodeId(4)), 4, 5)),
                        5);
        assertTrue(
                views(result).stream()
                        .anyMatch(view ->
                                view.at() > 4 * SECOND
                                        && view.members().equals(List.of(new Member(4, 1)))));
        assertTrue(views(result).stream().anyMatch(Installed::merge));
        assertTrue(result.convergedNanos().isPresent());
    }

    @Test
    void aPausedMemberIsSuspectedOnlyIfThePauseOutlastsTheDetector() {
        Fault pause = new Fault.Pause(new NodeId(1));
        GroupResult brief = Groups.run(Groups.calm().with(Groups.once(pause, 5, 1)), 7);
        GroupResult lengthy = Groups.run(Groups.calm().with(Groups.once(pause, 5, 5)), 7);
        assertTrue(later(brief).isEmpty(), later(brief).toString());
        assertTrue(later(lengthy).stream().anyMatch(view -> view.members().size() == 4));
    }

    private static List<Installed> later(GroupResult result) {
        return views(result).stream().filter(view -> view.at() > 5 * SECOND).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5})
    void afterAStormAllMembersComeToHaveOneView(long seed) {
        GroupResult result = Groups.run(Storm.of(seed), seed);
        assertTrue(result.convergedNanos().isPresent(), () -> views(result).toString());
    }

    private static List<Installed> views(GroupResult result) {
        return result.journal().stream()
                .filter(Installed.class::isInstance)
                .map(event -> (Installed) event)
                .toList();
    }
}
