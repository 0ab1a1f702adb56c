package cairn.simulator;

import cairn.model.memory.PagedMemory;

/** The memory of a machine's process, and of those before it. */
final class ProcessMemory {

    private final long bytes;
    private PagedMemory present = new PagedMemory(0);
    private int granted = Integer.MAX_VALUE;
    private long refused;

    /** No process has begun. */
    ProcessMemory(long bytes) {
        this.bytes = bytes;
    }

    /** That of the present process; none if it has ended. */
    PagedMemory present() {
        return present;
    }

    /** A process begins, in zeroed memory. */
    PagedMemory begin() {
        present = new PagedMemory(bytes);
        present.grantMappings(granted);
        return present;
    }

    /** It ends. */
    void end() {
        refused += present.refusals();
        present = new PagedMemory(0);
    }

    /** From now on a process has no more mappings of its memory than these. */
    void grantMappings(int most) {
        granted = most;
        present.grantMappings(most);
    }

    /** How often a change of protection was refused so far. */
    long refusals() {
        return refused + present.refusals();
    }
}
