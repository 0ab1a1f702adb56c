package cairn.model;

import cairn.model.memory.PageDigests;
import cairn.model.memory.PagedMemory;

import java.util.function.Supplier;

/**
 * The processes of one machine, as those that claim: each claim is seen with as much of the memory
 * behind it as is compared later. That is the content at a cut and when a process goes on from one,
 * page by page; and, once receipts are claimed to be logged, the content after each receipt, since
 * what is logged is repeated and must lead to the same state.
 */
public final class Claimant {

    /** The pages of a larger memory, 256 MiB, are not compared one by one. */
    private static final int MOST_PAGES_COMPARED = 65_536;

    private final NodeId self;
    private final Supplier<PagedMemory> memory;
    private boolean logs;

    /**
     * A machine that claims.
     *
     * @param memory that of its present process
     * @param logs whether an earlier process claimed that receipts are logged
     */
    public Claimant(NodeId self, Supplier<PagedMemory> memory, boolean logs) {
        this.self = self;
        this.memory = memory;
        this.logs = logs;
    }

    /** What is observed when an incarnation claims something at a time in nanoseconds. */
    public Observation.Claimed claims(Fact fact, long at, int incarnation) {
        logs |= fact instanceof Fact.Logged;
        boolean aboutPages = fact instanceof Fact.Cut || fact instanceof Fact.Resumed;
        boolean aboutMemory = aboutPages || (logs && isReceipt(fact));
        return new Observation.Claimed(
                at,
                self,
                incarnation,
                fact,
                aboutMemory ? memory.get().digest() : 0,
                aboutPages && memory.get().pageCount() <= MOST_PAGES_COMPARED
                        ? memory.get().pageDigests()
                        : PageDigests.NONE);
    }

    private static boolean isReceipt(Fact fact) {
        return fact instanceof Fact.Received || fact instanceof Fact.Read;
    }
}
