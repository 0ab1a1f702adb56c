package cairn.cluster.node;

import cairn.cluster.disk.FileLayer;
import cairn.model.Hardware;
import cairn.model.memory.PagedMemory;

import java.nio.file.Path;

/**
 * What a machine has, and where its bytes lie.
 *
 * @param folder where files and persistent memory are kept
 * @param memory of the process, as large as the hardware says
 * @param files how its disk comes to its files
 */
public record Equipment(
        Hardware hardware, Path folder, PagedMemory memory, FileLayer.Opening files) {

    /** With files as they are. */
    public Equipment(Hardware hardware, Path folder, PagedMemory memory) {
        this(hardware, folder, memory, FileLayer.Opening.REAL);
    }

    /** With memory in the heap, whose pages software protects. */
    public Equipment(Hardware hardware, Path folder) {
        this(hardware, folder, new PagedMemory(hardware.memoryBytes()));
    }
}
