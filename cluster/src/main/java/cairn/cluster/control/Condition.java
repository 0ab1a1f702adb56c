package cairn.cluster.control;

/**
 * How a machine is when a process starts on it.
 *
 * @param disk what is wrong with its disk
 * @param clockNanos by how much its clock is off
 * @param clockGain what its clock gains, in parts in a million
 * @param links what is wrong with the ways from other places
 */
public record Condition(DiskTrouble disk, long clockNanos, long clockGain, Order.Links links) {}
