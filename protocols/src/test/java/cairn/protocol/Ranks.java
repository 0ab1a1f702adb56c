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
import cairn.model.Protocol;
import cairn.model.computation.Computation;
import cairn.model.property.Bounds;
import cairn.rdma.PersistenceDomain;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

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

    private Ranks() {}

    /** A small computation of any kind. */
    public static Computation drawn(Dice dice) {
        int ranks = dice.from(2, 5);
        return switch (dice.from(0, 3)) {
            case 0 ->
                    new Stencil(
                            new StencilSettings(
                                    ranks,
                                    dice.from(1, 3),
                                    dice.of(16, 300, 700),
                                    dice.from(20, 60),
                                    dice.nanos(500, 20_000),
                                    dice.of(0, 7)));
            case 1 ->
                    new TokenRing(
                            new RingSettings(
                                    ranks,
                                    dice.from(10, 40),
                                    dice.nanos(500, 20_000),
                                    dice.from(1, 12),
                                    dice.of(0, 5)));
            case 2 ->
                    new Crew(
                            new CrewSettings(
                                    ranks,
                                    dice.from(1, 3),
                                    dice.from(20, 60),
                                    dice.nanos(500, 20_000),
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
                                    dice.from(10, 40),
                                    dice.of(24, 200, 4_096),
                                    dice.nanos(500, 20_000),
                                    dice.from(1, 12)));
        };
    }

    /** A protocol around a computation, and what befalls it. */
    public static <M extends Message> Scenario<M> scenario(
            Protocol<M> protocol, Computation computation, FaultPlan faults) {
        return new Scenario<>(
                protocol,
                new Application.Parallel(computation),
                ENVIRONMENT,
                faults,
                new Bounds(64, LIVENESS_NANOS, 200_000),
                new Limits(120_000_000, 5_000_000, 1_000_000, 20_000_000));
    }
}
