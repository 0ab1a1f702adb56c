package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Application;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Promise;
import cairn.model.fault.Fault;

import java.util.Arrays;
import java.util.List;

/** A hand-made history of two ranks, each on the node of its number, judged by one property. */
final class RankStory {

    private static final Bounds BOUNDS = new Bounds(3, 1_000_000, 10_000);

    private final Court court;
    private final int[] incarnations = new int[4];
    private long now;

    RankStory(String property) {
        this(Story.promise(true), property);
    }

    RankStory(Promise promise, String property) {
        court =
                new Court(
                        List.of(Properties.named(property)),
                        new Declaration(
                                promise,
                                new Application.Parallel(new Greeting()),
                                List.of("rank-0", "rank-1", "spare"),
                                List.of(),
                                BOUNDS));
        resumes(0, 0).resumes(1, 0);
    }

    /** A claim of the process that runs on a rank's own node. */
    RankStory claims(int node, Fact fact) {
        return claims(node, fact, 0);
    }

    private RankStory claims(int node, Fact fact, long digest) {
        now += 1_000;
        court.on(new Observation.Claimed(now, new NodeId(node), incarnations[node], fact, digest));
        return this;
    }

    RankStory later(long nanos) {
        now += nanos;
        return this;
    }

    /** The machine of a node loses its power, and has it back; the promise covers one such loss. */
    RankStory losesPower(int node) {
        var fault = new Fault.PowerLoss(new NodeId(node));
        court.on(new Observation.Struck(++now, fault));
        court.on(new Observation.Healed(++now, fault));
        return this;
    }

    RankStory resumes(int rank, long epoch) {
        return claims(rank, new Fact.Resumed(rank, new Epoch(epoch)));
    }

    /** The process ends, and its next incarnation resumes. */
    RankStory recovers(int rank, long epoch) {
        incarnations[rank]++;
        return resumes(rank, epoch);
    }

    RankStory cuts(int rank, long epoch) {
        return claims(rank, new Fact.Cut(rank, new Epoch(epoch)));
    }

    /** Cut and complete. */
    RankStory seals(int rank, long epoch) {
        return cuts(rank, epoch)
                .claims(rank, new Fact.Sealed(rank, new Epoch(epoch), new Epoch(epoch)));
    }

    RankStory acknowledges(int rank, long epoch) {
        return claims(rank, new Fact.Acknowledged(rank, new Epoch(epoch)));
    }

    RankStory discards(int rank, long epoch) {
        return claims(rank, new Fact.Discarded(rank, new Epoch(epoch)));
    }

    RankStory line(long first, long second) {
        return claims(2, new Fact.Line(List.of(new Epoch(first), new Epoch(second))));
    }

    /** Rank 0 sends to rank 1. */
    RankStory sends(long number, long digest) {
        return claims(0, new Fact.Sent(0, 1, number, digest));
    }

    /** Rank 1 receives of rank 0. */
    RankStory receives(long number, long digest) {
        return claims(1, new Fact.Received(1, 0, number, digest));
    }

    /** The same, and its memory has that digest then. */
    RankStory receivesInto(long number, long digest, long state) {
        return claims(1, new Fact.Received(1, 0, number, digest), state);
    }

    RankStory logs(long receipts) {
        return claims(1, new Fact.Logged(1, receipts));
    }

    RankStory reads(int rank, long number, long value) {
        return claims(rank, new Fact.Read(rank, number, value));
    }

    RankStory produces(long number, long value) {
        return claims(1, new Fact.Produced(1, number, value));
    }

    RankStory emits(long number, long value) {
        return claims(1, new Fact.Emitted(1, number, value));
    }

    RankStory finishes(long first, long second) {
        return claims(0, new Fact.Finished(0, first)).claims(1, new Fact.Finished(1, second));
    }

    private Verdict ends(boolean finished) {
        long end = finished ? now : now + 2 * BOUNDS.livenessNanos();
        court.conclude(new Ending(end, 0, finished, List.of()));
        return court.judgements().getFirst().verdict();
    }

    void holds() {
        Verdict verdict = ends(true);
        assertInstanceOf(Verdict.Holds.class, verdict, verdict::toString);
    }

    void isInconclusive(String... words) {
        Verdict verdict = ends(true);
        Story.saysAll(assertInstanceOf(Verdict.Inconclusive.class, verdict).reason(), words);
    }

    /** Is violated before the run has ended. */
    void isViolatedAtOnce(String... words) {
        assertTrue(court.isViolated(), "known before the run has ended");
        isViolated(true, words);
    }

    void isViolatedInTheEnd(String... words) {
        isViolated(true, words);
    }

    /** Is violated because the run never came to its end. */
    void isViolatedForEver(String... words) {
        isViolated(false, words);
    }

    private void isViolated(boolean finished, String... words) {
        Verdict verdict = ends(finished);
        Story.saysAll(
                assertInstanceOf(
                                Verdict.Violated.class,
                                verdict,
                                () -> verdict + ", and not " + Arrays.toString(words))
                        .explanation(),
                words);
    }
}
