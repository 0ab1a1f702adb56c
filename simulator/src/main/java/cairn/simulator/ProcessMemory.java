package cairn.simulator;

import cairn.model.memory.PagedMemory;

import java.util.ArrayList;
import java.util.Collection;

/** The memory of a machine's process, and of those before it. */
final class ProcessMemory {

    private final long bytes;

    /** How many mappings each fault that lasts leaves. */
    private final Collection<Integer> grants = new ArrayList<>();

    private PagedMemory present = new PagedMemory(0);
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
        present.grantMappings(granted());
        return present;
    }

    /** It ends. */
    void end() {
        refused += present.refusals();
        present = new PagedMemory(0);
    }

    /** From now on a process has no more mappings of its memory than these. */
    void limitMappings(int most) {
        grants.add(most);
        present.grantMappings(granted());
    }

    /** Ends one such limit; the least of those that are left counts. */
    void unlimitMappings(int most) {
        if (!grants.remove(most)) {
            throw new IllegalStateException("mappings are not limited to " + most);
        }
        present.grantMappings(granted());
    }

    private int granted() {
        return grants.stream().mapToInt(Integer::intValue).min().orElse(Integer.MAX_VALUE);
    }

    /** How often a change of protection was refused so far. */
    long refusals() {
        return refused + present.refusals();
    }
}
