package cairn.simulator;

import cairn.model.CpuCosts;
import cairn.model.choice.Law;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

/**
 * What things cost, and what machines are built like.
 *
 * @param cpu processors; protocols charge these
 * @param network messages between processes
 * @param rdma adapters, RDMA wire and persistent memory
 * @param platform what a machine with persistent memory is built like
 * @param disk disks
 * @param waitsForCompletions whether a process is woken by an interrupt when a work request
 *     completes, instead of polling
 * @param detection after how long a silence a failure is noticed, in nanoseconds, in place of what
 *     protocols are set up for; {@link #OWN_TIMERS} leaves it to them
 * @param host what machines share that are processes of one host
 */
public record Environment(
        CpuCosts cpu,
        NetworkCosts network,
        RdmaCosts rdma,
        Platform platform,
        DiskCosts disk,
        boolean waitsForCompletions,
        Law detection,
        HostCosts host) {

    /** Each protocol suspects after the time that it is set up for. */
    public static final Law OWN_TIMERS = new Law.Constant(0);

    /** Of machines that share nothing. */
    public Environment(
            CpuCosts cpu,
            NetworkCosts network,
            RdmaCosts rdma,
            Platform platform,
            DiskCosts disk,
            boolean waitsForCompletions) {
        this(cpu, network, rdma, platform, disk, waitsForCompletions, OWN_TIMERS, HostCosts.NONE);
    }

    /** From a completion to the process that handles it, in nanoseconds. */
    long completionNanos() {
        return rdma.pollNanos() + (waitsForCompletions ? rdma.eventWaitNanos() : 0);
    }
}
