package cairn.cluster.run;

import cairn.cluster.control.Past;
import cairn.model.NodeId;
import cairn.model.fault.Fault;

import java.util.List;
import java.util.Optional;

/**
 * Carries each fault out on real processes, files and messages; docs/cluster.md says how. Used by
 * the thread that steers the cluster.
 */
final class LiveFaults {

    private final List<Place> places;
    private final Weather weather;
    private final Consequences consequences = new Consequences();
    private final boolean seesLinks;
    private final Runnable weatherChanged;

    /**
     * @param weatherChanged told when other ways are bad than before
     * @param seesLinks whether it is told which ways {@linkplain #spoilt spoilt} something
     */
    LiveFaults(List<Place> places, Weather weather, Runnable weatherChanged, boolean seesLinks) {
        this.places = places;
        this.weather = weather;
        this.weatherChanged = weatherChanged;
        this.seesLinks = seesLinks;
    }

    /** Why a fault cannot be inflicted on real processes; empty if it can. */
    static Optional<String> refusal(Fault fault) {
        return switch (fault) {
            case Fault.SlowNode _ -> Optional.of("a real processor is not slowed down");
            case Fault.Misdelivery _ -> Optional.of("JGroups knows whom it is connected to");
            case Fault.Flap _ -> Optional.of("list cuts that heal instead");
            case Fault.FailedProtection _ ->
                    Optional.of("a real process has the mappings that its system grants");
            case Fault.OfDomain domain when domain.staggerNanos() > 0 ->
                    Optional.of("real processes of a domain come back together");
            case Fault.OfNode _, Fault.OfLink _, Fault.OfDomain _ -> Optional.empty();
        };
    }

    private Place at(NodeId node) {
        return places.get(node.index());
    }

    /** Carries a fault out, and answers the number of this strike. */
    int strike(Fault fault) {
        boolean felt = isFelt(fault);
        carryOut(fault);
        return consequences.struck(fault, weather.changes(), felt);
    }

    void heal(Fault fault) {
        // A process that starts while it is to stand still does so then.
        boolean felt =
                (fault instanceof Fault.Pause || fault instanceof Fault.CpuHang) && isFelt(fault);
        takeBack(fault);
        consequences.healed(fault, weather.changes(), felt);
    }

    /** A message from one place to another did not arrive as it was sent, under some weather. */
    void spoilt(int under, int from, int to) {
        consequences.spoilt(under, from, to);
    }

    /** Whether a strike changed something so far. */
    boolean isFelt(int strike) {
        return consequences.isFelt(strike);
    }

    /**
     * Whether it changes something now; what it does inside of a process is not seen, and counts.
     */
    private boolean isFelt(Fault fault) {
        return switch (fault) {
            case Fault.ProcessCrash(NodeId node) -> at(node).hasProcess();
            case Fault.Pause(NodeId node) -> at(node).hasProcess();
            case Fault.CpuHang(NodeId node) -> at(node).hasProcess();
            // What nobody is there to carry out is not done later.
            case Fault.SectorRot(NodeId node) -> at(node).isUp();
            case Fault.Truncation(NodeId node) -> at(node).isUp();
            case Fault.NicReset(NodeId node) -> at(node).isUp() && at(node).hardware().nic();
            case Fault.MemoryRot(NodeId node, long _, long _) -> at(node).isUp();
            case Fault.OfNetwork _ -> !seesLinks;
            case Fault.OfNode _, Fault.OfDomain _ -> true;
        };
    }

    private void carryOut(Fault fault) {
        switch (fault) {
            case Fault.ProcessCrash(NodeId node) -> at(node).crash("crash", Past.KEPT);
            case Fault.WarmReset(NodeId node) -> at(node).crash("warm reset", Past.LOST_VOLATILE);
            case Fault.PowerLoss(NodeId node) -> at(node).crash("power loss", Past.LOST_VOLATILE);
            case Fault.OfDomain domain ->
                    domain.nodes()
                            .forEach(node -> at(node).crash("power loss", Past.LOST_VOLATILE));
            case Fault.PermanentLoss(NodeId node) -> at(node).crash("permanent loss", Past.BLANK);
            case Fault.Pause(NodeId node) -> at(node).pause();
            case Fault.CpuHang(NodeId node) -> at(node).pause();
            case Fault.OutOfMemory(NodeId node) -> at(node).starve();
            case Fault.ClockSkew(NodeId node, long nanos) -> at(node).jumpClock(nanos);
            case Fault.ClockJump(NodeId node, long nanos) -> at(node).jumpClock(nanos);
            case Fault.ClockDrift(NodeId node, long gain) -> at(node).drift(gain);
            case Fault.SectorRot(NodeId node) -> at(node).rotDisk();
            case Fault.Truncation(NodeId node) -> at(node).truncateFile();
            case Fault.OfDisk ofDisk -> trouble(ofDisk, true);
            case Fault.NicReset(NodeId node) -> at(node).resetNic();
            case Fault.MemoryRot(NodeId node, long address, long length) ->
                    at(node).rotMemory(address, length);
            case Fault.SlowNode _, Fault.FailedProtection _, Fault.Misdelivery _, Fault.Flap _ ->
                    throw new IllegalArgumentException(fault + ": " + refusal(fault).orElseThrow());
            case Fault.OfNetwork ofNetwork -> {
                weather.strike(ofNetwork);
                weatherChanged.run();
            }
        }
    }

    private void takeBack(Fault fault) {
        switch (fault) {
            case Fault.ProcessCrash(NodeId node) -> at(node).revive();
            case Fault.WarmReset(NodeId node) -> at(node).revive();
            case Fault.PowerLoss(NodeId node) -> at(node).revive();
            case Fault.OfDomain domain -> domain.nodes().forEach(node -> at(node).revive());
            case Fault.PermanentLoss(NodeId node) -> at(node).revive();
            case Fault.Pause(NodeId node) -> at(node).resume();
            case Fault.CpuHang(NodeId node) -> {
                // Only a reset ends a hang.
                at(node).crash("reset after a hang", Past.LOST_VOLATILE);
                at(node).resume();
                at(node).revive();
            }
            case Fault.OutOfMemory(NodeId node) -> at(node).feed();
            case Fault.ClockSkew(NodeId node, long nanos) -> at(node).jumpClock(-nanos);
            case Fault.ClockDrift(NodeId node, long _) -> at(node).drift(0);
            case Fault.ClockJump _,
                    Fault.SectorRot _,
                    Fault.Truncation _,
                    Fault.NicReset _,
                    Fault.MemoryRot _ -> {
                // Over in an instant; what it did remains.
            }
            case Fault.OfDisk ofDisk -> trouble(ofDisk, false);
            case Fault.SlowNode _, Fault.FailedProtection _, Fault.Misdelivery _, Fault.Flap _ ->
                    throw new IllegalArgumentException("never struck: " + fault);
            case Fault.OfNetwork ofNetwork -> {
                weather.heal(ofNetwork);
                weatherChanged.run();
            }
        }
    }

    private void trouble(Fault.OfDisk fault, boolean struck) {
        Place place = at(fault.node());
        place.trouble(place.trouble().after(fault, struck));
    }
}
