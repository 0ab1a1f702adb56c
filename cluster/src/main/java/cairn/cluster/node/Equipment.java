package cairn.cluster.node;

import cairn.model.Hardware;

import java.nio.file.Path;

/**
 * What a machine has, and where its bytes lie.
 *
 * @param folder where files and persistent memory are kept
 */
public record Equipment(Hardware hardware, Path folder) {}
