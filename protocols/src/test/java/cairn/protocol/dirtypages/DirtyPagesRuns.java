package cairn.protocol.dirtypages;

import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.part.incremental.Chain;
import cairn.part.incremental.Shortage;
import cairn.part.incremental.Tracking;
import cairn.protocol.Dice;
import cairn.protocol.DrawnFaults;
import cairn.protocol.Ranks;
import cairn.simulator.Scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Runs with checkpoints of the pages that changed. */
public final class DirtyPagesRuns {

    private static final List<FaultKind> FAULTS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.WARM_RESET,
                    FaultKind.POWER_LOSS,
                    FaultKind.PAUSE,
                    FaultKind.CPU_HANG,
                    FaultKind.SLOW_NODE,
                    FaultKind.CLOCK,
                    FaultKind.DISK_FULL,
                    FaultKind.SLOW_DISK,
                    FaultKind.CUT,
                    FaultKind.BAD_LINK);

    /** Nobody is silent who is not dead. */
    private static final List<FaultKind> DEATHS =
            List.of(
                    FaultKind.PROCESS_CRASH,
                    FaultKind.WARM_RESET,
                    FaultKind.POWER_LOSS,
                    FaultKind.DISK_FULL,
                    FaultKind.SLOW_DISK);

    private static final long LAST_NANOS = 6_000_000;

    private DirtyPagesRuns() {}

    /** A run in which everything is drawn from its seed. */
    public static Scenario<?> drawn(long seed) {
        Dice dice = new Dice(seed);
        Computation computation = Ranks.drawn(dice);
        DirtyPagesSettings settings = settings(dice);
        var protocol = new DirtyPages(settings, computation, CpuCosts.DEFAULT);
        List<FaultKind> kinds = settings.adoptAfterNanos() > 0 ? DEATHS : FAULTS;
        return Ranks.scenario(protocol, computation, faults(dice, protocol, kinds));
    }

    /** A few faults, early enough to strike a small computation, and of disks only where one is. */
    static FaultPlan faults(Dice dice, DirtyPages protocol, List<FaultKind> kinds) {
        int places = protocol.seats().size();
        List<NodeId> disks =
                IntStream.range(0, places)
                        .filter(place -> protocol.seats().get(place).hardware().disk())
                        .mapToObj(NodeId::new)
                        .toList();
        List<Injection> planned = new ArrayList<>();
        for (Injection one :
                new DrawnFaults(dice, places, places, List.of()).plan(kinds).planned()) {
            planned.add(
                    new Injection(
                            sooner(one.when()),
                            ofDisk(one.fault(), dice.among(disks)),
                            one.healAfterNanos()));
        }
        return new FaultPlan(planned, List.of());
    }

    private static Trigger sooner(Trigger trigger) {
        return trigger instanceof Trigger.At(long nanos)
                ? new Trigger.At(50_000 + nanos % LAST_NANOS)
                : trigger;
    }

    private static Fault ofDisk(Fault fault, NodeId owner) {
        return switch (fault) {
            case Fault.DiskFull _ -> new Fault.DiskFull(owner);
            case Fault.SlowDisk(NodeId _, double factor) -> new Fault.SlowDisk(owner, factor);
            default -> fault;
        };
    }

    private static DirtyPagesSettings settings(Dice dice) {
        Place place = dice.of(Place.values());
        int spareNodes = place == Place.STORAGE_NODE ? dice.from(0, 2) : 0;
        long retry = dice.nanos(50_000, 2_000_000);
        return new DirtyPagesSettings(
                dice.nanos(20_000, 400_000),
                dice.of(Chain.values()),
                dice.from(1, 5),
                place,
                dice.of(InFlight.values()),
                dice.from(1, 8),
                dice.of(3, 5, 7, 65_500),
                dice.of(Shortage.values()),
                dice.of(Tracking.values()),
                dice.oneIn(3),
                spareNodes,
                dice.oneIn(3) ? dice.nanos(200_000, 3_000_000) : 0,
                dice.nanos(50_000, 2_000_000),
                spareNodes > 0 && dice.oneIn(2) ? 3 * retry + dice.nanos(50_000, 2_000_000) : 0,
                retry);
    }

    /** Settings under which changes are faults, and nodes are waited for. */
    static DirtyPagesSettings byFaults(
            long intervalNanos,
            Chain chain,
            int chainLength,
            Place place,
            InFlight inFlight,
            int batchPages,
            int mostMappings,
            Shortage shortage,
            boolean deviceReceives,
            int spareNodes,
            long preemptEveryNanos,
            long preemptForNanos,
            long retryNanos) {
        return new DirtyPagesSettings(
                intervalNanos,
                chain,
                chainLength,
                place,
                inFlight,
                batchPages,
                mostMappings,
                shortage,
                Tracking.FAULTS,
                deviceReceives,
                spareNodes,
                preemptEveryNanos,
                preemptForNanos,
                0,
                retryNanos);
    }
}
