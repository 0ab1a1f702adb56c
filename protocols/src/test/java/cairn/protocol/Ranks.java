package cairn.protocol;

import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.application.stencil.Stencil;
import cairn.application.stencil.StencilSettings;
import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.rdma.PersistenceDomain;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Scenarios in which a protocol protects a small computation. */
public final class Ranks {

    /** Everything as usual, with protected NVMe for disks. */
    public static final Environment ENVIRONMENT =
            new Environment(
                    CpuCosts.DEFAULT,
                    NetworkCosts.MESSAGES,
                    RdmaCosts.DEFAULT,
                    new Platform(PersistenceDomain.ADR, false, true),
                    DiskCosts.NVME_PROTECTED,
                    false);

    private static final long LIVENESS_NANOS = 5_000_000_000L;
    private static final long BRIEF_LIVENESS_NANOS = 150_000_000;

    private Ranks() {}

    /** A small computation of any kind, most of less than a millisecond. */
    public static Computation drawn(Dice dice) {
        return drawn(dice, 1, 500);
    }

    /** The same for a few milliseconds, in which checkpoints are taken and gone back to. */
    public static Computation lasting(Dice dice) {
        return drawn(dice, 2, 5_000);
    }

    private static Computation drawn(Dice dice, int longer, long leastNanos) {
        int ranks = dice.from(2, 5);
        return switch (dice.from(0, 3)) {
            case 0 ->
                    new Stencil(
                            new StencilSettings(
                                    ranks,
                                    dice.from(1, 3),
                                    dice.of(16, 300, 700),
                                    dice.from(20 * longer, 60 * longer),
                                    dice.nanos(leastNanos, 20_000),
                                    dice.of(0, 7)));
            case 1 ->
                    new TokenRing(
                            new RingSettings(
                                    ranks,
                                    dice.from(10 * longer, 40 * longer),
                                    dice.nanos(leastNanos, 20_000),
                                    dice.from(1, 12),
                                    dice.of(0, 5)));
            case 2 ->
                    new Crew(
                            new CrewSettings(
                                    ranks,
                                    dice.from(1, 3),
                                    dice.from(20 * longer, 60 * longer),
                                    dice.nanos(leastNanos, 20_000),
                                    8,
                                    dice.from(1, 8),
                                    dice.share(),
                                    dice.from(0, 9),
                                    dice.from(0, 9)));
            default ->
                    new Wandering(
                            new WanderingSettings(
                                    ranks,
                                    dice.from(1, 4),
                                    dice.from(10 * longer, 40 * longer),
                                    dice.of(24, 200, 4_096),
                                    dice.nanos(leastNanos, 20_000),
                                    dice.from(1, 12),
                                    dice.of(0, 1, 5)));
        };
    }

    /** Ranks that exchange messages all the time, for some ten milliseconds. */
    public static Computation busy(Dice dice) {
        return new Wandering(
                new WanderingSettings(dice.from(3, 5), 3, dice.from(60, 100), 64, 30_000, 4));
    }

    /** Ranks that crash, one at a time, while {@link #busy} ones run. */
    public static FaultPlan crashes(Dice dice, int ranks, int crashes) {
        List<Injection> planned = new ArrayList<>();
        for (int i = 0; i < crashes; i++) {
            planned.add(
                    new Injection(
                            new Trigger.At(dice.from(1_000_000, 4_000_000) + i * 5_000_000L),
                            new Fault.ProcessCrash(dice.node(ranks)),
                            dice.nanos(20_000, 500_000)));
        }
        return new FaultPlan(planned, List.of());
    }

    /** The same, while the network loses, doubles, delays and overtakes what one rank sends. */
    public static FaultPlan crashesOnBadLinks(Dice dice, int ranks, int places, int crashes) {
        List<Injection> planned = new ArrayList<>(crashes(dice, ranks, crashes).planned());
        NodeId from = dice.node(ranks);
        for (int to = 0; to < places; to++) {
            if (to != from.index()) {
                planned.add(
                        new Injection(
                                new Trigger.At(0),
                                new Fault.BadLink(
                                        from,
                                        new NodeId(to),
                                        new LinkQuality(0.1, 0.4, 0.5, 0, 300_000)),
                                25_000_000));
            }
        }
        return new FaultPlan(planned, List.of());
    }

    /** A protocol around a computation, and what befalls it: faults of some of these kinds. */
    public static <M extends Message> Scenario<M> drawn(
            Dice dice, Protocol<M> protocol, Computation computation, List<FaultKind> kinds) {
        List<Seat> seats = protocol.seats();
        List<NodeId> ranks = IntStream.range(0, computation.ranks()).mapToObj(NodeId::new).toList();
        FaultPlan drawn = new DrawnFaults(dice, seats.size(), seats.size(), ranks).plan(kinds);
        List<Injection> possible =
                drawn.planned().stream()
                        .filter(injection -> isPossible(injection.fault(), seats))
                        .toList();
        return scenario(protocol, computation, new FaultPlan(possible, drawn.random()));
    }

    /** A disk fails only where there is one. */
    private static boolean isPossible(Fault fault, List<Seat> seats) {
        return switch (fault) {
            case Fault.DiskFull(NodeId node) -> seats.get(node.index()).hardware().disk();
            case Fault.SlowDisk(NodeId node, double _) -> seats.get(node.index()).hardware().disk();
            default -> true;
        };
    }

    /** A protocol around a computation, and what befalls it. */
    public static <M extends Message> Scenario<M> scenario(
            Protocol<M> protocol, Computation computation, FaultPlan faults) {
        return scenario(
                protocol,
                computation,
                faults,
                LIVENESS_NANOS,
                new Limits(40_000_000, 5_000_000, 1_000_000, 20_000_000));
    }

    /** The same for faults of the first 30 ms; one that stands still is soon given up. */
    public static <M extends Message> Scenario<M> brief(
            Protocol<M> protocol, Computation computation, FaultPlan faults) {
        return scenario(
                protocol,
                computation,
                faults,
                BRIEF_LIVENESS_NANOS,
                new Limits(30_000_000, 2_000_000, 1_000_000, 5_000_000));
    }

    /** The same where so many checkpoints may pile up. */
    public static <M extends Message> Scenario<M> keeping(Scenario<M> scenario, long sets) {
        Bounds bounds = scenario.bounds();
        return new Scenario<>(
                scenario.protocol(),
                scenario.application(),
                scenario.environment(),
                scenario.faults(),
                new Bounds(sets, bounds.livenessNanos(), bounds.linearizabilityStates()),
                scenario.limits());
    }

    private static <M extends Message> Scenario<M> scenario(
            Protocol<M> protocol,
            Computation computation,
            FaultPlan faults,
            long livenessNanos,
            Limits limits) {
        return new Scenario<>(
                protocol,
                new Application.Parallel(computation),
                ENVIRONMENT,
                faults,
                new Bounds(64, livenessNanos, 200_000),
                limits);
    }
}
