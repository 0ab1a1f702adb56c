package cairn.simulator;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.simulator.kernel.Kernel;

import java.util.List;

/** Carries each fault out on machines and links; docs/fault-model.md says what each one empties. */
final class Inflictor<M extends Message> implements Injector.Inflicting {

    private final List<Machine<M>> machines;
    private final Wires wires;
    private final Kernel kernel;

    Inflictor(List<Machine<M>> machines, Wires wires, Kernel kernel) {
        this.machines = machines;
        this.wires = wires;
        this.kernel = kernel;
    }

    private Machine<M> at(NodeId node) {
        return machines.get(node.index());
    }

    @Override
    public void strike(Fault fault) {
        switch (fault) {
            case Fault.ProcessCrash(NodeId node) -> at(node).crash("crash");
            case Fault.WarmReset(NodeId node) -> {
                at(node).crash("warm reset");
                at(node).devices().warmReset();
            }
            case Fault.PowerLoss(NodeId node) -> powerOff(node);
            case Fault.RackPowerLoss(var nodes, long _) -> nodes.forEach(this::powerOff);
            case Fault.SitePowerLoss(var nodes, long _) -> nodes.forEach(this::powerOff);
            case Fault.PermanentLoss(NodeId node) -> {
                at(node).crash("permanent loss");
                at(node).devices().permanentLoss();
            }
            case Fault.Pause(NodeId node) -> at(node).pause();
            case Fault.CpuHang(NodeId node) -> at(node).pause();
            case Fault.SlowNode(NodeId node, double factor) -> at(node).processor().slow(factor);
            case Fault.NicReset(NodeId node) -> {
                at(node).devices().resetNic();
                at(node).loseDevice();
            }
            case Fault.MemoryRot(NodeId node, long address, long length) ->
                    at(node).devices().rot(address, length);
            case Fault.OfClock ofClock -> at(ofClock.node()).clock().strike(ofClock, kernel.now());
            case Fault.OutOfMemory(NodeId node) -> at(node).starve();
            case Fault.FailedProtection(NodeId node, int mappings) ->
                    at(node).processMemory().limitMappings(mappings);
            case Fault.OfDisk ofDisk -> at(ofDisk.node()).devices().device().strike(ofDisk);
            case Fault.OfNetwork ofNetwork -> wires.links().strike(ofNetwork);
        }
    }

    @Override
    public void heal(Fault fault) {
        switch (fault) {
            case Fault.ProcessCrash(NodeId node) -> at(node).revive();
            case Fault.WarmReset(NodeId node) -> at(node).revive();
            case Fault.PowerLoss(NodeId node) -> powerOn(node);
            // Its machines come back one by one, with powerOn.
            case Fault.OfDomain domain ->
                    throw new IllegalStateException("not healed at once: " + domain);
            case Fault.PermanentLoss(NodeId node) -> powerOn(node);
            case Fault.Pause(NodeId node) -> at(node).resume();
            case Fault.CpuHang(NodeId node) -> {
                // Only a reset ends a hang.
                at(node).crash("reset after a hang");
                at(node).devices().warmReset();
                at(node).resume();
                at(node).revive();
            }
            case Fault.SlowNode(NodeId node, double factor) -> at(node).processor().recover(factor);
            case Fault.OutOfMemory(NodeId node) -> at(node).feed();
            case Fault.NicReset _, Fault.MemoryRot _ -> {
                // Over in an instant; what it did remains.
            }
            case Fault.OfClock ofClock -> at(ofClock.node()).clock().heal(ofClock, kernel.now());
            case Fault.FailedProtection(NodeId node, int mappings) ->
                    at(node).processMemory().unlimitMappings(mappings);
            case Fault.OfDisk ofDisk -> at(ofDisk.node()).devices().device().heal(ofDisk);
            case Fault.OfNetwork ofNetwork -> wires.links().heal(ofNetwork);
        }
    }

    @Override
    public long effects(Fault fault) {
        return switch (fault) {
            case Fault.ProcessCrash(NodeId node) -> at(node).kills();
            case Fault.WarmReset(NodeId node) -> ends(node);
            case Fault.PowerLoss(NodeId node) -> ends(node);
            case Fault.OfDomain domain -> domain.nodes().stream().mapToLong(this::ends).sum();
            case Fault.PermanentLoss(NodeId node) -> ends(node);
            case Fault.OutOfMemory(NodeId node) -> at(node).kills();
            case Fault.NicReset(NodeId node) -> ends(node);
            case Fault.Pause(NodeId node) -> at(node).stalls();
            case Fault.CpuHang(NodeId node) -> at(node).stalls() + at(node).kills();
            case Fault.SlowNode(NodeId node, double _) -> at(node).processor().slowed();
            case Fault.MemoryRot(NodeId node, long _, long _) -> at(node).devices().losses();
            case Fault.OfClock ofClock -> at(ofClock.node()).clock().effects(ofClock);
            case Fault.FailedProtection(NodeId node, int _) -> at(node).processMemory().refusals();
            case Fault.OfDisk ofDisk -> at(ofDisk.node()).devices().device().effects(ofDisk);
            case Fault.OfNetwork ofNetwork -> wires.links().effects(ofNetwork);
        };
    }

    /** How often its process was ended, or bytes were lost with the machine. */
    private long ends(NodeId node) {
        return at(node).kills() + at(node).devices().losses();
    }

    private void powerOff(NodeId node) {
        at(node).crash("power loss");
        at(node).devices().powerLoss();
    }

    @Override
    public void powerOn(NodeId node) {
        at(node).devices().powerOn();
        at(node).revive();
    }
}
