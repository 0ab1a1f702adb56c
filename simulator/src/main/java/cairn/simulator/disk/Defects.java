package cairn.simulator.disk;

import cairn.fault.Factors;
import cairn.model.NodeId;
import cairn.model.fault.Fault;

/**
 * What is wrong with a disk at the moment, and how often something went otherwise for it. Faults
 * are counted: one that struck twice is over when both are healed.
 */
final class Defects {

    private final Fates fates;
    private final Errors errors;
    private final Factors slowness = new Factors();
    private int lies;
    private int fulls;
    private int losses;
    private int misdirections;

    private long lied;
    private long refused;
    private long slowed;
    private long lostWrites;
    private long misdirected;
    private long rotted;
    private long truncated;

    Defects(Fates fates, Errors errors) {
        this.fates = fates;
        this.errors = errors;
    }

    /** A fault begins; of one that is over in an instant, it counts that it did something. */
    void begin(Fault.OfDisk fault) {
        switch (fault) {
            case Fault.LyingSync _ -> lies++;
            case Fault.DiskFull _ -> fulls++;
            case Fault.SlowDisk(NodeId _, double factor) -> slowness.begin(factor);
            case Fault.DiskError(NodeId _, double probability) -> errors.begin(probability);
            case Fault.LostSectorWrites _ -> losses++;
            case Fault.MisdirectedWrites _ -> misdirections++;
            case Fault.SectorRot _ -> rotted++;
            case Fault.Truncation _ -> truncated++;
        }
    }

    /** It ends. Throws {@link IllegalStateException} if it had not begun. */
    void end(Fault.OfDisk fault) {
        switch (fault) {
            case Fault.LyingSync _ -> lies = fewer(lies);
            case Fault.DiskFull _ -> fulls = fewer(fulls);
            case Fault.SlowDisk(NodeId _, double factor) -> slowness.end(factor);
            case Fault.DiskError(NodeId _, double probability) -> errors.end(probability);
            case Fault.LostSectorWrites _ -> losses = fewer(losses);
            case Fault.MisdirectedWrites _ -> misdirections = fewer(misdirections);
            case Fault.SectorRot _, Fault.Truncation _ -> {
                // Over in an instant; what it did remains.
            }
        }
    }

    private static int fewer(int causes) {
        if (causes == 0) {
            throw new IllegalStateException("a fault of the disk ended that had not begun");
        }
        return causes - 1;
    }

    /** How often something went otherwise so far, in the way of a fault. */
    long effects(Fault.OfDisk fault) {
        return switch (fault) {
            case Fault.LyingSync _ -> lied;
            case Fault.DiskFull _ -> refused;
            case Fault.SlowDisk _ -> slowed;
            case Fault.DiskError _ -> errors.struck();
            case Fault.LostSectorWrites _ -> lostWrites;
            case Fault.MisdirectedWrites _ -> misdirected;
            case Fault.SectorRot _ -> rotted;
            case Fault.Truncation _ -> truncated;
        };
    }

    // ---- what an operation meets

    /** Whether syncs are answered without being done. */
    boolean lies() {
        return lies > 0;
    }

    /** A sync was answered without being done. */
    void lied() {
        lied++;
    }

    /** Whether a write finds no space, for this reason. */
    boolean refuses() {
        refused += fulls > 0 ? 1 : 0;
        return fulls > 0;
    }

    /** How long an operation takes that took so long on a disk without a fault. */
    long nanos(long usual) {
        slowed += slowness.product() == 1 ? 0 : 1;
        return Math.round(usual * slowness.product());
    }

    /** Whether a read or a sync ends in an I/O error. */
    boolean fails() {
        return errors.strike();
    }

    /** Where a sector that goes to one of so many places of its file arrives, if anywhere. */
    int place(int sector, int sectors) {
        if (losses > 0 && !fates.spares()) {
            lostWrites++;
            return SectorWrites.NOWHERE;
        }
        if (misdirections > 0 && !fates.spares()) {
            misdirected++;
            return sectors < 2 ? SectorWrites.NOWHERE : fates.otherThan(sector, sectors);
        }
        return sector;
    }
}
