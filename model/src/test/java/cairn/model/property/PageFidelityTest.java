package cairn.model.property;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.memory.PagedMemory;

import org.junit.jupiter.api.Test;

import java.util.List;

/** SNAP and CLEAN against images that were put together wrongly, page by page. */
final class PageFidelityTest {

    private static final int PAGES = 3;

    private final Court court =
            new Court(
                    List.of(Properties.named("SNAP"), Properties.named("CLEAN")),
                    Story.declaration(Story.promise(true), new Bounds(3, 1_000_000, 10_000)));

    private final PagedMemory memory = memory(1, 2, 3);
    private long now;

    private static PagedMemory memory(long... values) {
        var memory = new PagedMemory((long) PAGES * PAGE_BYTES);
        for (int page = 0; page < PAGES; page++) {
            memory.writeLong((long) page * PAGE_BYTES, values[page]);
        }
        return memory;
    }

    private void claims(Fact fact, PagedMemory of) {
        now += 1_000;
        court.on(
                new Observation.Claimed(
                        now, new NodeId(0), 0, fact, of.digest(), of.pageDigests()));
    }

    /** Two checkpoints, between which the first page changes, and after which the second does. */
    private void cutsTwice() {
        claims(new Fact.Cut(new Epoch(1)), memory);
        memory.writeLong(0, 10);
        claims(new Fact.Cut(new Epoch(2)), memory);
        memory.writeLong(PAGE_BYTES, 20);
    }

    private Verdict verdict(String property) {
        court.conclude(new Ending(now, 0, true, List.of()));
        return court.judgements().stream()
                .filter(judgement -> judgement.property().equals(property))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private void isViolated(String property, String... words) {
        Verdict verdict = verdict(property);
        Story.saysAll(
                assertInstanceOf(Verdict.Violated.class, verdict, verdict::toString).explanation(),
                words);
    }

    @Test
    void pagesAsTheyWereAtTheCutAreFaithful() {
        cutsTwice();
        claims(new Fact.Resumed(new Epoch(2)), memory(10, 2, 3));
        assertInstanceOf(Verdict.Holds.class, verdict("SNAP"));
        assertInstanceOf(Verdict.Holds.class, verdict("CLEAN"));
    }

    @Test
    void withoutARestoreThereIsNothingToCompare() {
        cutsTwice();
        assertInstanceOf(Verdict.Inconclusive.class, verdict("SNAP"));
        assertInstanceOf(Verdict.Inconclusive.class, verdict("CLEAN"));
    }

    @Test
    void aPageThatWasCopiedAfterTheCutIsNotFaithful() {
        cutsTwice();
        claims(new Fact.Resumed(new Epoch(2)), memory(10, 20, 3));
        isViolated("SNAP", "page 1", "e2", "a content that it had at no cut");
    }

    @Test
    void aPageThatStillHasItsFormerContentWasTakenForClean() {
        cutsTwice();
        claims(new Fact.Resumed(new Epoch(2)), memory(1, 2, 3));
        isViolated("CLEAN", "page 0", "its content of e1");
    }

    @Test
    void aPageThatWasNeverStoredWasTakenForClean() {
        cutsTwice();
        PagedMemory restored = memory(10, 2, 3);
        restored.restoreZero(2);
        claims(new Fact.Resumed(new Epoch(2)), restored);
        isViolated("CLEAN", "page 2", "its content of e0");
    }

    @Test
    void eachMistakeIsHeldAgainstOnePropertyAlone() {
        cutsTwice();
        claims(new Fact.Resumed(new Epoch(2)), memory(1, 2, 3));
        assertInstanceOf(Verdict.Inconclusive.class, verdict("SNAP"));
    }

    @Test
    void aNumberThatWasCutAgainMayBeRestoredInEitherContent() {
        cutsTwice();
        claims(new Fact.Cut(new Epoch(2)), memory);
        claims(new Fact.Resumed(new Epoch(2)), memory(10, 2, 3));
        assertInstanceOf(Verdict.Holds.class, verdict("SNAP"));
    }
}
