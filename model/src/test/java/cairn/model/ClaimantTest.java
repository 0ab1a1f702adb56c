package cairn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import cairn.model.memory.PageDigests;
import cairn.model.memory.PagedMemory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which claims are seen with the memory behind them. */
final class ClaimantTest {

    private static final NodeId SELF = new NodeId(2);
    private static final Fact RECEIVED = new Fact.Received(2, 0, 1, 99);
    private static final Fact READ = new Fact.Read(2, 1, 7);
    private static final Fact LOGGED = new Fact.Logged(2, 1);

    private final PagedMemory memory = new PagedMemory(4 * PagedMemory.PAGE_BYTES);

    @BeforeEach
    void fill() {
        memory.writeLong(0, 5);
    }

    private Claimant claimant(boolean logs) {
        return new Claimant(SELF, () -> memory, logs);
    }

    private static long digest(Claimant claimant, Fact fact) {
        return claimant.claims(fact, 10, 3).memoryDigest();
    }

    @Test
    void aCutAndWhatGoesOnFromItAreSeenPageByPage() {
        for (Fact fact :
                new Fact[] {new Fact.Cut(2, new Epoch(1)), new Fact.Resumed(new Epoch(1))}) {
            Observation.Claimed claimed = claimant(false).claims(fact, 10, 3);
            assertEquals(memory.digest(), claimed.memoryDigest());
            assertEquals(memory.pageDigests().of(0), claimed.pages().of(0));
            assertEquals(10, claimed.at());
            assertEquals(3, claimed.incarnation());
        }
    }

    @Test
    void aReceiptIsSeenOnceReceiptsAreLoggedAndNoSooner() {
        Claimant claimant = claimant(false);
        assertEquals(0, digest(claimant, RECEIVED));
        assertEquals(0, digest(claimant, READ));
        assertEquals(0, digest(claimant, LOGGED));
        assertEquals(memory.digest(), digest(claimant, RECEIVED));
        long before = memory.digest();
        memory.writeLong(8, 6);
        assertEquals(memory.digest(), digest(claimant, READ));
        assertNotEquals(before, memory.digest());
        assertSame(PageDigests.NONE, claimant.claims(READ, 10, 3).pages());
    }

    /** What a process receives again it had logged in an earlier life, and logs no more. */
    @Test
    void theNextProcessIsSeenToReceiveAgain() {
        assertEquals(memory.digest(), digest(claimant(true), RECEIVED));
    }
}
