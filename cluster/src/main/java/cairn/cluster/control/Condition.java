package cairn.cluster.control;

/**
 * How a machine is when a node begins on it.
 *
 * @param disk what is wrong with its disk
 * @param clockNanos by how much its clock is off
 * @param clockGain what its clock gains, in parts in a million
 */
public record Condition(DiskTrouble disk, long clockNanos, long clockGain) {

    /** Nothing is wrong. */
    public static final Condition WELL = new Condition(DiskTrouble.NONE, 0, 0);

    /** The same, with a disk in another state. */
    public Condition with(DiskTrouble trouble) {
        return new Condition(trouble, clockNanos, clockGain);
    }

    /** The same, with its clock set forwards, or back if negative. */
    public Condition jumpedBy(long nanos) {
        return new Condition(disk, clockNanos + nanos, clockGain);
    }

    /** The same, with a clock that gains so much, in parts in a million. */
    public Condition gaining(long partsPerMillion) {
        return new Condition(disk, clockNanos, partsPerMillion);
    }
}
