package cairn.cluster.control;

import cairn.model.fault.LinkQuality;

import java.util.Map;

/**
 * How a machine is when a process starts on it.
 *
 * @param disk what is wrong with its disk
 * @param clockNanos by how much its clock is off
 * @param clockGain what its clock gains, in parts in a million
 * @param bad what is wrong with the ways from other places
 */
public record Condition(
        DiskTrouble disk, long clockNanos, long clockGain, Map<Integer, LinkQuality> bad) {
    public Condition {
        bad = Map.copyOf(bad);
    }
}
