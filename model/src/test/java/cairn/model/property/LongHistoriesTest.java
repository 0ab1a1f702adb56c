package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Application;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Histories of a million observations are judged by every property in time and memory that grow as
 * the history does, and what offends in them is told in a few words.
 */
final class LongHistoriesTest {

    private static final int OBSERVATIONS = 1_000_000;
    private static final int LONGEST_EXPLANATION = 1_000;
    private static final int RANKS = 2;

    /** A service that changes, checkpoints, gives up what it does not need, and is taken over. */
    private static Story service() {
        Story story = new Story();
        NodeId[] servers = {Story.PRIMARY, Story.BACKUP};
        NodeId leader = servers[0];
        story.resumes(leader, 0, 0).leads(leader, 1);
        long epoch = 0;
        for (long number = 1; 5 * number < OBSERVATIONS; number++) {
            story.asks(Story.CLIENT, number, new Till.Move(0, 1, number % 2 == 0 ? 1 : 200));
            story.executes(leader, Story.CLIENT, number);
            if (number % 5 == 0) {
                epoch++;
                story.checkpoints(leader, epoch, epoch).discards(leader, epoch - 1);
            }
            if (number % 500 == 0) {
                story.ends(leader);
                leader = servers[(int) (number / 500 % 2)];
                story.resumes(leader, epoch, epoch).leads(leader, 1 + number / 500);
            }
        }
        return story;
    }

    @Test
    void aServiceOfAMillionObservationsIsJudged() {
        Story story = service();
        assertFalse(story.isViolated());
        Map<String, Verdict> verdicts = story.ends(new Ending(story.now(), 0, true, List.of()));
        assertEquals(Optional.empty(), violated(verdicts));
        for (String id : List.of("DUR", "ATOM", "MONO", "GC", "BOUND", "TIME")) {
            assertInstanceOf(Verdict.Holds.class, verdicts.get(id), id);
        }
    }

    @Test
    void whatOffendsInALongHistoryIsNamedAlone() {
        Story story = service();
        story.resumes(Story.PRIMARY, 7, 7);
        Map<String, Verdict> verdicts = story.ends(new Ending(story.now(), 0, true, List.of()));
        String said = violated(verdicts).orElseThrow();
        assertTrue(said.contains("e7"), said);
        verdicts.values().forEach(LongHistoriesTest::assertBrief);
    }

    private static void assertBrief(Verdict verdict) {
        if (verdict instanceof Verdict.Violated(long _, String explanation)) {
            assertTrue(explanation.length() < LONGEST_EXPLANATION, explanation);
        }
    }

    private static Optional<String> violated(Map<String, Verdict> verdicts) {
        return verdicts.entrySet().stream()
                .filter(verdict -> verdict.getValue() instanceof Verdict.Violated)
                .map(verdict -> verdict.getKey() + ": " + verdict.getValue())
                .findFirst();
    }

    /** Ranks that send to each other in a ring, cut, and go back to a line again and again. */
    private static final class Ring {
        private final Court court =
                new Court(
                        Properties.of(new Application.Parallel(new Greeting())),
                        new Declaration(
                                Story.promise(true),
                                new Application.Parallel(new Greeting()),
                                List.of("rank-0", "rank-1"),
                                List.of(),
                                new Bounds(4, 1_000_000, 10_000)));
        private final long[] numbers = new long[RANKS];
        private long now;
        private int life;

        private void claims(int rank, Fact fact, long digest) {
            court.on(new Observation.Claimed(++now, new NodeId(rank), life, fact, digest));
        }

        private void resume(long epoch) {
            life++;
            claims(0, new Fact.Line(List.of(at(epoch), at(epoch))), 0);
            for (int rank = 0; rank < RANKS; rank++) {
                claims(rank, new Fact.Resumed(rank, at(epoch)), epoch);
            }
        }

        private static Epoch at(long epoch) {
            return new Epoch(epoch);
        }

        private void exchange() {
            for (int rank = 0; rank < RANKS; rank++) {
                long number = ++numbers[rank];
                int to = (rank + 1) % RANKS;
                claims(rank, new Fact.Sent(rank, to, number, number), 0);
                claims(to, new Fact.Received(to, rank, number, number), 0);
            }
        }

        private void checkpoint(long epoch) {
            for (int rank = 0; rank < RANKS; rank++) {
                claims(rank, new Fact.Cut(rank, at(epoch)), epoch);
                claims(rank, new Fact.Sealed(rank, at(epoch), at(epoch)), epoch);
                claims(rank, new Fact.Acknowledged(rank, at(epoch)), epoch);
            }
            for (int rank = 0; rank < RANKS && epoch > 1; rank++) {
                claims(rank, new Fact.Discarded(rank, at(epoch - 1)), epoch);
            }
        }
    }

    @Test
    void ranksOfAMillionObservationsAreJudged() {
        var ring = new Ring();
        ring.resume(0);
        long epoch = 0;
        while (ring.now < OBSERVATIONS) {
            for (int i = 0; i < 20; i++) {
                ring.exchange();
            }
            ring.checkpoint(++epoch);
            if (epoch % 4 == 0) {
                ring.resume(epoch);
            }
        }
        assertFalse(ring.court.isViolated(), () -> verdicts(ring).toString());
        ring.court.conclude(new Ending(ring.now, ring.now, false, List.of()));
        Map<String, Verdict> verdicts = verdicts(ring);
        assertEquals(Optional.empty(), violated(verdicts));
        for (String id : List.of("CUT-1", "EO", "DUR", "GC", "BOUND")) {
            assertInstanceOf(Verdict.Holds.class, verdicts.get(id), id);
        }
    }

    private static Map<String, Verdict> verdicts(Ring ring) {
        var verdicts = new TreeMap<String, Verdict>();
        ring.court
                .judgements()
                .forEach(judgement -> verdicts.put(judgement.property(), judgement.verdict()));
        return verdicts;
    }
}
