package cairn.cluster.control;

/**
 * What is wrong with a disk.
 *
 * @param lies whether a sync answers before the bytes are durable
 * @param full whether no space is left
 * @param losesWrites whether writes are acknowledged and not done
 * @param misdirects whether writes land in another place of their file
 * @param slowness by which factor it is slower
 * @param errorProbability with which a read or a sync fails
 */
public record DiskTrouble(
        boolean lies,
        boolean full,
        boolean losesWrites,
        boolean misdirects,
        double slowness,
        double errorProbability) {

    /** Nothing is wrong. */
    public static final DiskTrouble NONE = new DiskTrouble(false, false, false, false, 1, 0);
}
