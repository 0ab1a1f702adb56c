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
            case Fault.SlowNode(NodeId node, double factor) -> at(node).slow(factor);
            case Fault.NicReset(NodeId node) -> {
                at(node).devices().resetNic();
                at(node).loseDevice();
            }
            case Fault.MemoryRot(NodeId node, long address, long length) ->
                    at(node).devices().rot(address, length);
            case Fault.ClockSkew(NodeId node, long nanos) ->
                    at(node).clock().jump(kernel.now(), nanos);
            case Fault.ClockJump(NodeId node, long nanos) ->
                    at(node).clock().jump(kernel.now(), nanos);
            case Fault.OutOfMemory(NodeId node) -> at(node).starve();
            case Fault.ClockDrift(NodeId node, long partsPerMillion) ->
                    at(node).clock().drift(kernel.now(), partsPerMillion);
            case Fault.LyingSync(NodeId node) -> at(node).devices().device().lying(true);
            case Fault.DiskFull(NodeId node) -> at(node).devices().device().full(true);
            case Fault.FailedProtection(NodeId node, int mappings) ->
                    at(node).grantMappings(mappings);
            case Fault.SlowDisk(NodeId node, double factor) ->
                    at(node).devices().device().slow(factor);
            case Fault.DiskError(NodeId node, double probability) ->
                    at(node).devices().device().failing(probability, true);
            case Fault.LostSectorWrites(NodeId node) ->
                    at(node).devices().device().loseWrites(true);
            case Fault.MisdirectedWrites(NodeId node) ->
                    at(node).devices().device().misdirect(true);
            case Fault.SectorRot(NodeId node) -> at(node).devices().device().rot();
            case Fault.Truncation(NodeId node) -> at(node).devices().device().truncate();
            case Fault.Isolation _,
                    Fault.FalseSuspicion _,
                    Fault.Misdelivery _,
                    Fault.LinkCut _,
                    Fault.OneWayCut _,
                    Fault.Flap _,
                    Fault.BadLink _ ->
                    wires.links().strike(fault);
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
            case Fault.SlowNode(NodeId node, double _) -> at(node).slow(1);
            case Fault.OutOfMemory(NodeId node) -> at(node).feed();
            case Fault.NicReset _,
                    Fault.MemoryRot _,
                    Fault.SectorRot _,
                    Fault.Truncation _,
                    Fault.ClockJump _ -> {
                // Over in an instant; what it did remains.
            }
            case Fault.ClockSkew(NodeId node, long nanos) ->
                    at(node).clock().jump(kernel.now(), -nanos);
            case Fault.ClockDrift(NodeId node, long _) -> at(node).clock().drift(kernel.now(), 0);
            case Fault.LyingSync(NodeId node) -> at(node).devices().device().lying(false);
            case Fault.DiskFull(NodeId node) -> at(node).devices().device().full(false);
            case Fault.FailedProtection(NodeId node, int _) ->
                    at(node).grantMappings(Integer.MAX_VALUE);
            case Fault.SlowDisk(NodeId node, double _) -> at(node).devices().device().slow(1);
            case Fault.DiskError(NodeId node, double probability) ->
                    at(node).devices().device().failing(probability, false);
            case Fault.LostSectorWrites(NodeId node) ->
                    at(node).devices().device().loseWrites(false);
            case Fault.MisdirectedWrites(NodeId node) ->
                    at(node).devices().device().misdirect(false);
            case Fault.Isolation _,
                    Fault.FalseSuspicion _,
                    Fault.Misdelivery _,
                    Fault.LinkCut _,
                    Fault.OneWayCut _,
                    Fault.Flap _,
                    Fault.BadLink _ ->
                    wires.links().heal(fault);
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
            case Fault.SlowNode(NodeId node, double _) -> at(node).slowed();
            case Fault.MemoryRot(NodeId node, long _, long _) -> at(node).devices().losses();
            case Fault.ClockSkew(NodeId node, long _) -> at(node).clock().readings();
            case Fault.ClockJump(NodeId node, long _) -> at(node).clock().readings();
            case Fault.ClockDrift(NodeId node, long _) -> at(node).clock().uses();
            case Fault.FailedProtection(NodeId node, int _) -> at(node).refusals();
            case Fault.LyingSync _,
                    Fault.DiskFull _,
                    Fault.SlowDisk _,
                    Fault.DiskError _,
                    Fault.LostSectorWrites _,
                    Fault.MisdirectedWrites _,
                    Fault.SectorRot _,
                    Fault.Truncation _ ->
                    at(((Fault.OfNode) fault).node()).devices().device().effects(fault);
            case Fault.Isolation _,
                    Fault.FalseSuspicion _,
                    Fault.Misdelivery _,
                    Fault.LinkCut _,
                    Fault.OneWayCut _,
                    Fault.Flap _,
                    Fault.BadLink _ ->
                    wires.links().effects(fault);
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
