package cairn.cluster.control;

import cairn.model.fault.Fault;

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

    /** What is wrong once a fault of the disk has struck, or is healed. */
    public DiskTrouble after(Fault.OfDisk fault, boolean struck) {
        return new DiskTrouble(
                fault instanceof Fault.LyingSync ? struck : lies,
                fault instanceof Fault.DiskFull ? struck : full,
                fault instanceof Fault.LostSectorWrites ? struck : losesWrites,
                fault instanceof Fault.MisdirectedWrites ? struck : misdirects,
                fault instanceof Fault.SlowDisk(var _, double factor)
                        ? struck ? factor : 1
                        : slowness,
                fault instanceof Fault.DiskError(var _, double probability)
                        ? struck ? probability : 0
                        : errorProbability);
    }
}
