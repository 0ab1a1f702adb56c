package cairn.virtual;

import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.simulator.Injector;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.network.Links;

import java.util.List;

/**
 * Carries faults out on the processes of a world and on the links between them. What a process has
 * beside threads, clock and network is its host's matter: faults of a disk or an RDMA interface
 * that it does not take are refused.
 *
 * <p>Faults are counted: a process that was killed twice starts when both are healed.
 */
public final class Affliction implements Injector.Inflicting {

    private final List<VirtualProcess> processes;
    private final Links links;
    private final Kernel kernel;
    private final Hosts hosts;
    private final int[] kills;
    private final int[] pauses;
    private long strikes;

    /** The machines of the processes. */
    public interface Hosts {
        /** A fault struck that kills a process, which was up or was not; it is not any more. */
        void killed(VirtualProcess process, Fault fault, boolean wasUp);

        /** A fault strikes, or is healed: whether the host carries that out itself. */
        default boolean takes(Fault fault, boolean strikes) {
            return false;
        }

        /** A process that is not up can be started. */
        void start(VirtualProcess process);
    }

    /** Faults of these processes and links. */
    public Affliction(List<VirtualProcess> processes, Links links, Kernel kernel, Hosts hosts) {
        this.processes = processes;
        this.links = links;
        this.kernel = kernel;
        this.hosts = hosts;
        this.kills = new int[processes.size()];
        this.pauses = new int[processes.size()];
    }

    /** Whether a fault keeps a process down that would start otherwise. */
    public boolean keepsDown(int process) {
        return kills[process] > 0;
    }

    private VirtualProcess at(NodeId node) {
        return processes.get(node.index());
    }

    @Override
    public void strike(Fault fault) {
        strikes++;
        if (hosts.takes(fault, true)) {
            return;
        }
        switch (fault) {
            case Fault.ProcessCrash(NodeId node) -> kill(node, fault);
            case Fault.WarmReset(NodeId node) -> kill(node, fault);
            case Fault.PowerLoss(NodeId node) -> kill(node, fault);
            case Fault.OfDomain domain -> domain.nodes().forEach(node -> kill(node, fault));
            case Fault.PermanentLoss(NodeId node) -> kill(node, fault);
            case Fault.OutOfMemory(NodeId node) -> kill(node, fault);
            case Fault.Pause(NodeId node) -> pause(node);
            case Fault.CpuHang(NodeId node) -> pause(node);
            case Fault.OfClock ofClock -> at(ofClock.node()).clock().strike(ofClock, kernel.now());
            case Fault.OfNetwork ofNetwork -> links.strike(ofNetwork);
            case Fault.SlowNode _,
                    Fault.FailedProtection _,
                    Fault.NicReset _,
                    Fault.MemoryRot _,
                    Fault.OfDisk _ ->
                    throw notHere(fault);
        }
    }

    @Override
    public void heal(Fault fault) {
        if (hosts.takes(fault, false)) {
            return;
        }
        switch (fault) {
            case Fault.ProcessCrash(NodeId node) -> revive(node);
            case Fault.WarmReset(NodeId node) -> revive(node);
            case Fault.PowerLoss(NodeId node) -> revive(node);
            // Its machines come back one by one, with powerOn.
            case Fault.OfDomain domain ->
                    throw new IllegalStateException("not healed at once: " + domain);
            case Fault.PermanentLoss(NodeId node) -> revive(node);
            case Fault.OutOfMemory(NodeId node) -> revive(node);
            case Fault.Pause(NodeId node) -> resume(node);
            case Fault.CpuHang(NodeId node) -> {
                // Only a reset ends a hang.
                kill(node, fault);
                resume(node);
                revive(node);
            }
            case Fault.OfClock ofClock -> at(ofClock.node()).clock().heal(ofClock, kernel.now());
            case Fault.OfNetwork ofNetwork -> links.heal(ofNetwork);
            case Fault.SlowNode _,
                    Fault.FailedProtection _,
                    Fault.NicReset _,
                    Fault.MemoryRot _,
                    Fault.OfDisk _ ->
                    throw notHere(fault);
        }
    }

    /** What a process makes of its faults is not seen here: each strike counts. */
    @Override
    public long effects(Fault fault) {
        return fault instanceof Fault.OfNetwork of ? links.effects(of) : strikes;
    }

    @Override
    public void powerOn(NodeId node) {
        revive(node);
    }

    private void kill(NodeId node, Fault fault) {
        kills[node.index()]++;
        boolean wasUp = at(node).isUp();
        at(node).kill();
        hosts.killed(at(node), fault, wasUp);
    }

    private void revive(NodeId node) {
        if (--kills[node.index()] == 0 && !at(node).isUp()) {
            hosts.start(at(node));
        }
    }

    private void pause(NodeId node) {
        pauses[node.index()]++;
        at(node).pause();
    }

    private void resume(NodeId node) {
        // A hang that the host took is not one of the threads.
        if (pauses[node.index()] > 0 && --pauses[node.index()] == 0) {
            at(node).resume();
        }
    }

    private static IllegalArgumentException notHere(Fault fault) {
        return new IllegalArgumentException("a process in virtual time cannot have this: " + fault);
    }
}
