package cairn.protocol.segments;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Protocol;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.model.service.Workload;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.disk.DiskCosts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A whole run of the protocol under faults that a test names, and what was seen of it. */
final class Tried {

    static final long MILLISECOND = 1_000_000;
    private static final int CLIENTS = 4;

    private final Topology topology;
    private final SegmentsSettings settings;
    private final List<Injection> faults = new ArrayList<>();
    private final List<Observation> seen = new ArrayList<>();
    private UnaryOperator<Protocol<SegmentsMessage>> change = UnaryOperator.identity();

    Tried(SegmentsSettings settings) {
        this.settings = settings;
        topology = new Topology(settings);
    }

    /** An application's process, counted from one. */
    NodeId application(int number) {
        return topology.applications().get(number - 1);
    }

    /** A checkpoint service, counted from one. */
    NodeId service(int number) {
        return topology.services().get(number - 1);
    }

    Topology topology() {
        return topology;
    }

    Tried with(long atNanos, Fault fault, long healAfterNanos) {
        faults.add(new Injection(new Trigger.At(atNanos), fault, healAfterNanos));
        return this;
    }

    /** Runs a protocol that differs in something. */
    Tried changed(UnaryOperator<Protocol<SegmentsMessage>> by) {
        change = by;
        return this;
    }

    /** Runs; every property must not be violated, and all requests be answered. */
    List<Judgement> soundly() {
        RunResult result = run(true);
        for (Judgement judgement : result.judgements()) {
            if (judgement.verdict() instanceof Verdict.Violated violated) {
                throw new AssertionError(judgement.property() + ": " + violated);
            }
        }
        if (!result.finished()) {
            throw new AssertionError("not finished");
        }
        return result.judgements();
    }

    /** Runs to the end, judged by nothing if so wished. */
    RunResult run(boolean judged) {
        Bank bank = new Bank(new BankSettings(4_096, 1_000, 0.2, 0.01, 0, 1));
        Scenario<SegmentsMessage> scenario =
                new Scenario<>(
                        change.apply(new Segments(settings, bank, CLIENTS, CpuCosts.DEFAULT)),
                        bank,
                        new Workload(
                                CLIENTS, 800, new Workload.Loop.Closed(20_000), 2 * MILLISECOND),
                        DrawnRun.environment(DiskCosts.NVME_PROTECTED),
                        new FaultPlan(faults, List.of()),
                        new Bounds(64, 2_000 * MILLISECOND, 1_000_000),
                        new Limits(
                                10_000 * MILLISECOND, 120 * MILLISECOND, MILLISECOND, 20_000_000));
        return new Simulation<>(
                        scenario,
                        new SeededChoices(1),
                        judged ? Properties.all() : List.of(),
                        List.of(seen::add),
                        null)
                .run();
    }

    /** What was claimed of a kind, by whom and when, in order. */
    List<Observation.Claimed> claims(Class<? extends Fact> kind) {
        List<Observation.Claimed> claims = new ArrayList<>();
        for (Observation observation : seen) {
            if (observation instanceof Observation.Claimed claimed
                    && kind.isInstance(claimed.fact())) {
                claims.add(claimed);
            }
        }
        return claims;
    }

    /** Whether a process ended. */
    boolean ended(NodeId node) {
        return seen.stream()
                .anyMatch(
                        one -> one instanceof Observation.Ended ended && ended.node().equals(node));
    }
}
