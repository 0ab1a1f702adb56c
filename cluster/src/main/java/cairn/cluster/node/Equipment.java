package cairn.cluster.node;

import cairn.model.Hardware;
import cairn.model.memory.PagedMemory;

import java.nio.file.Path;

/**
 * What a machine has, and where its bytes lie.
 *
 * @param folder where files and persistent memory are kept
 * @param memory of the process, as large as the hardware says
 */
public record Equipment(Hardware hardware, Path folder, PagedMemory memory) {

    /** With memory in the heap, whose pages software protects. */
    public Equipment(Hardware hardware, Path folder) {
        this(hardware, folder, new PagedMemory(hardware.memoryBytes()));
    }
}
