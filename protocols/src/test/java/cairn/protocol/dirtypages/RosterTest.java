package cairn.protocol.dirtypages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

/** Three ranks on five nodes and a storage node, which is place 5. */
final class RosterTest {

    private final Roster roster = new Roster(new Layout(5, true, false), 3);

    private void onlyTheseAreHeard(int... places) {
        roster.listenAnew();
        for (int place : places) {
            roster.heard(place);
        }
    }

    private boolean isComplete(int... answered) {
        BitSet all = new BitSet();
        for (int place : answered) {
            all.set(place);
        }
        return roster.isComplete(all);
    }

    @Test
    void dj15SpareNodesThatLiveTakeUpTheRanksOfSilentOnes() {
        onlyTheseAreHeard(1, 4, 5);
        assertFalse(roster.adopts(), "two are silent, and one spare node lives");
        assertEquals(List.of(0, 1, 2), roster.homes());
        onlyTheseAreHeard(0, 2, 4, 5);
        assertTrue(roster.adopts());
        assertEquals(List.of(0, 4, 2), roster.homes());
    }

    @Test
    void theStorageNodeIsNoSpareOne() {
        onlyTheseAreHeard(0, 1, 5);
        assertFalse(roster.adopts());
    }

    @Test
    void theDeadAreNotWaitedForUntilTheyAnswer() {
        assertTrue(isComplete(0, 1, 2, 3, 4, 5));
        assertFalse(isComplete(0, 2, 4, 5));
        onlyTheseAreHeard(0, 2, 4, 5);
        roster.adopts();
        assertTrue(isComplete(0, 2, 4, 5), "1 and 3 are dead");
        assertFalse(isComplete(0, 2, 5), "4 has a rank");
        roster.answered(3);
        assertFalse(isComplete(0, 2, 4, 5));
        assertTrue(isComplete(0, 2, 3, 4, 5));
    }

    @Test
    void whoWasDeadAndStartsAnewIsASpareNode() {
        onlyTheseAreHeard(0, 2, 4, 5);
        roster.adopts();
        assertTrue(roster.hasStartedAnew(1, 1));
        assertTrue(roster.takesBack(1));
        assertFalse(roster.takesBack(1), "once");
        assertFalse(roster.hasStartedAnew(1, 1), "known");
        onlyTheseAreHeard(0, 1, 2, 5);
        assertTrue(roster.adopts());
        assertEquals(List.of(0, 1, 2), roster.homes());
    }

    @Test
    void whoWasSuspectedAndLivesWasAMistakeAndWhoStartedAnewWasNone() {
        onlyTheseAreHeard(0, 5);
        assertTrue(roster.suspectsSilent());
        roster.hasStartedAnew(1, 1);
        roster.alive(1);
        assertEquals(0, roster.mistakes());
        roster.alive(2);
        assertEquals(1, roster.mistakes());
        roster.alive(2);
        assertEquals(1, roster.mistakes(), "nobody is suspected any more");
        onlyTheseAreHeard(0, 1, 2);
        assertFalse(roster.suspectsSilent(), "only who executes a rank is missed");
    }

    @Test
    void dj15WhereFilesAreReadFromEverywhereEachRankMovesToTheNextNode() {
        roster.moveOn();
        roster.moveOn();
        roster.moveOn();
        assertEquals(List.of(3, 4, 0), roster.homes());
    }
}
