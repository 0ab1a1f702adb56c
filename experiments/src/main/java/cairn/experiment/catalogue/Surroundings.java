package cairn.experiment.catalogue;

import cairn.model.CpuCosts;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What machines are like if an experiment says nothing of them, and the disks that it can name. */
public final class Surroundings {

    /** Disks by name, the usual one first. */
    public static final SequencedMap<String, DiskCosts> DISKS = disks();

    /**
     * Servers of the 2020s with 100 Gbit/s RDMA, persistent memory fit for one-sided persistence,
     * and good NVMe.
     */
    public static final Environment DEFAULT =
            new Environment(
                    CpuCosts.DEFAULT,
                    NetworkCosts.MESSAGES,
                    RdmaCosts.DEFAULT,
                    Platform.DIRECT_WRITE,
                    DISKS.firstEntry().getValue(),
                    false);

    private Surroundings() {}

    private static SequencedMap<String, DiskCosts> disks() {
        var disks = new LinkedHashMap<String, DiskCosts>();
        for (DiskCosts disk :
                List.of(DiskCosts.NVME_PROTECTED, DiskCosts.NVME_CONSUMER, DiskCosts.DISK)) {
            disks.put(disk.name(), disk);
        }
        return Collections.unmodifiableSequencedMap(disks);
    }
}
