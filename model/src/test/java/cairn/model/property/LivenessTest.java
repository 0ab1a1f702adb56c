package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.CLIENT;
import static cairn.model.property.Story.OTHER_CLIENT;
import static cairn.model.property.Story.PRIMARY;
import static cairn.model.property.Story.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cairn.model.NodeId;
import cairn.model.property.Ending.Waiting;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

/** LIVE at its edges: when the time is over, and who is said to wait. */
class LivenessTest {

    private static final Bounds BOUNDS = new Bounds(3, 1_000_000, 10_000);
    private static final Till.Move MOVE = new Till.Move(0, 1, 10);

    private static Story story() {
        return new Story(promise(true), BOUNDS, "LIVE");
    }

    private static Ending unfinished(long given, Waiting... waiting) {
        return new Ending(50_000 + given, 50_000, false, List.of(waiting));
    }

    @Test
    void theBoundIsOverAtItsLastNanosecond() {
        assertInstanceOf(
                Verdict.Inconclusive.class,
                story().asks(CLIENT, 1, MOVE).only(unfinished(999_999)));
        assertInstanceOf(
                Verdict.Violated.class, story().asks(CLIENT, 1, MOVE).only(unfinished(1_000_000)));
    }

    @Test
    void aRunInWhichNothingWasAskedProvesNothing() {
        assertEquals(
                new Verdict.Inconclusive("nothing was asked for"),
                story().only(new Ending(9_000_000, 0, true, List.of())));
    }

    @Test
    void aChangeAtTheMomentOfHealingNeedsACheckpointAfterIt() {
        Story changed = story().asks(CLIENT, 1, MOVE).executes(PRIMARY, CLIENT, 1);
        long healthy = changed.now();
        Verdict verdict =
                changed.learns(CLIENT, 1, 1)
                        .only(new Ending(healthy + 2_000_000, healthy, true, List.of()));
        Story.saysAll(
                assertInstanceOf(Verdict.Violated.class, verdict).explanation(),
                "no checkpoint was acknowledged although requests changed the state");
    }

    @Test
    void aReadChangesNothingThatACheckpointWouldHaveToHold() {
        Story read = story().asks(CLIENT, 1, new Till.Look(0)).executes(PRIMARY, CLIENT, 1);
        assertInstanceOf(
                Verdict.Holds.class,
                read.learns(CLIENT, 1, 90).only(new Ending(9_000_000, 0, true, List.of())));
    }

    @Test
    void whatWasAcknowledgedAtTheMomentOfHealingIsANewCheckpoint() {
        Story story =
                story().asks(CLIENT, 1, MOVE)
                        .executes(PRIMARY, CLIENT, 1)
                        .executes(PRIMARY, CLIENT, 2)
                        .acknowledges(PRIMARY, 1);
        long healthy = story.now();
        assertInstanceOf(
                Verdict.Holds.class,
                story.executes(PRIMARY, CLIENT, 3)
                        .only(new Ending(healthy + 2_000_000, healthy, true, List.of())));
    }

    @Test
    void itSaysWhoWaitsForWhatAndCountsTheClientsBeyondThree() {
        Waiting[] waiting =
                IntStream.range(0, 8)
                        .mapToObj(i -> new Waiting(new NodeId(i), i != 1, "word " + i))
                        .toArray(Waiting[]::new);
        waiting[2] = new Waiting(new NodeId(2), true, "nothing");
        Verdict verdict =
                story().asks(CLIENT, 1, MOVE)
                        .asks(OTHER_CLIENT, 1, MOVE)
                        .asks(OTHER_CLIENT, 2, MOVE)
                        .learns(CLIENT, 1, 1)
                        .only(unfinished(3_000_000, waiting));
        String text = assertInstanceOf(Verdict.Violated.class, verdict).explanation();
        Story.saysAll(
                text,
                "2 of 3 requests are unanswered",
                "; primary waits for word 0; backup-1 is down, waiting for word 1; manager-1",
                "; client-1 waits for word 5; client-2 waits for word 6; ");
        assertEquals(-1, text.indexOf("nothing"));
        assertEquals(-1, text.indexOf("more clients"), text);
    }

    @Test
    void aFourthClientIsOnlyCounted() {
        Waiting[] waiting =
                IntStream.range(5, 10)
                        .mapToObj(i -> new Waiting(new NodeId(i), true, "word " + i))
                        .toArray(Waiting[]::new);
        Verdict verdict = story().asks(CLIENT, 1, MOVE).only(unfinished(3_000_000, waiting));
        String text = assertInstanceOf(Verdict.Violated.class, verdict).explanation();
        Story.saysAll(text, "word 7; and 2 more clients wait");
        assertEquals(-1, text.indexOf("word 8"));
    }

    @Test
    void aChangeOfOneNodeThatOnlyRepeatsWhatItDidIsStillAChange() {
        Story story = story().asks(CLIENT, 1, MOVE).executes(BACKUP, CLIENT, 1);
        assertInstanceOf(
                Verdict.Violated.class,
                story.learns(CLIENT, 1, 1).only(new Ending(9_000_000, 0, true, List.of())));
    }
}
