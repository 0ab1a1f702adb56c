package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.PRIMARY;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Epoch;
import cairn.model.property.Lineage.Version;

import org.junit.jupiter.api.Test;

/** What was put on what. */
class LineageTest {

    private final Lineage lineage = new Lineage();

    private static Version version(long epoch, long content) {
        return new Version(new Epoch(epoch), content);
    }

    /** e1 and e2 on one line, another e2 and e3 on the next, which begins with e1. */
    private void fork() {
        lineage.resumed(PRIMARY, version(0, 50));
        lineage.cut(PRIMARY, version(1, 51));
        lineage.cut(PRIMARY, version(2, 52));
        lineage.resumed(BACKUP, version(1, 51));
        lineage.cut(BACKUP, version(2, 62));
        lineage.cut(BACKUP, version(3, 63));
    }

    @Test
    void aVersionHasWhatItsLineCutBeforeIt() {
        fork();
        assertTrue(lineage.has(version(2, 52), version(1, 51)));
        assertTrue(lineage.has(version(3, 63), version(2, 62)));
        assertFalse(lineage.has(version(3, 63), version(2, 52)));
        assertFalse(lineage.has(version(1, 51), version(2, 52)));
    }

    @Test
    void aVersionHasWhatItsLineBeganWithAndWhatThatHas() {
        fork();
        assertTrue(lineage.has(version(3, 63), version(1, 51)));
        assertFalse(lineage.has(version(3, 63), version(1, 61)));
        lineage.resumed(PRIMARY, version(3, 63));
        lineage.cut(PRIMARY, version(7, 77));
        assertTrue(lineage.has(version(7, 77), version(2, 62)));
        assertFalse(lineage.has(version(7, 77), version(2, 52)));
        assertTrue(lineage.has(version(7, 77), version(1, 51)));
    }

    @Test
    void aNumberThatALineLeftOutIsNotInIt() {
        fork();
        lineage.cut(BACKUP, version(9, 69));
        assertFalse(lineage.has(version(9, 69), version(5, 55)));
    }

    @Test
    void aVersionOfOneNumberIsOnlyItself() {
        fork();
        assertTrue(lineage.has(version(2, 62), version(2, 62)));
        assertFalse(lineage.has(version(2, 62), version(2, 52)));
    }

    @Test
    void allWasPutOnTheBeginningWhateverItsContent() {
        fork();
        assertTrue(lineage.has(version(1, 51), version(0, 99)));
        assertTrue(lineage.has(version(0, 50), version(0, 99)));
    }

    @Test
    void whatSeveralLinesCameToOrNobodyCutIsDeniedNothing() {
        fork();
        assertTrue(lineage.has(version(4, 44), version(2, 52)));
        lineage.resumed(PRIMARY, version(2, 52));
        lineage.cut(PRIMARY, version(3, 63));
        assertTrue(lineage.has(version(3, 63), version(2, 52)));
        assertTrue(lineage.has(version(3, 63), version(2, 62)));
        lineage.cut(PRIMARY, version(3, 63));
        assertTrue(lineage.has(version(3, 63), version(2, 52)));
    }

    @Test
    void aNodeHasUnderANumberWhatItResumedFromOrCutSince() {
        fork();
        assertEquals(version(1, 51), lineage.of(BACKUP, new Epoch(1)));
        assertEquals(version(2, 62), lineage.of(BACKUP, new Epoch(2)));
        assertEquals(version(2, 52), lineage.of(PRIMARY, new Epoch(2)));
        assertNull(lineage.of(PRIMARY, new Epoch(3)));
        assertNull(lineage.of(Story.STORE, new Epoch(1)));
    }

    @Test
    void whatANodeCutsBeforeItResumedIsOfNoLine() {
        lineage.cut(PRIMARY, version(1, 51));
        assertNull(lineage.of(PRIMARY, new Epoch(1)));
    }
}
