package cairn.experiment.trial;

import cairn.fault.Answer;
import cairn.fault.RandomFault;
import cairn.model.Application;
import cairn.model.Message;
import cairn.model.Observer;
import cairn.model.Seat;
import cairn.model.choice.Choices;
import cairn.model.property.Judgement;
import cairn.model.property.Property;
import cairn.model.property.Verdict;
import cairn.model.service.Workload;
import cairn.report.Counts;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;
import cairn.report.statistics.Unit;
import cairn.simulator.Conductor;
import cairn.simulator.NodeFailure;
import cairn.simulator.Recorder;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.verification.Breach;
import cairn.verification.Runs;
import cairn.verification.Story;
import cairn.verification.Storyteller;
import cairn.verification.Thrown;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A service or a computation that a protocol protects, in the simulator. */
public final class SimulatedApplication<M extends Message> implements Subject {

    private final Scenario<M> scenario;
    private final long warmUp;
    private final List<Property> properties;
    private final List<OrderedFault> ordered;
    private final Scenario<M> searched;
    private final List<String> roles = new ArrayList<>();
    private final Thrown thrown = new Thrown();

    /**
     * An application under a scenario.
     *
     * @param warmUp how many of the first answers are not measured
     * @param properties what each run is judged by, as far as it applies
     * @param ordered the entries that the scenario's faults come from, in their order
     * @param admissible what may go wrong besides when the runs are searched
     */
    public SimulatedApplication(
            Scenario<M> scenario,
            long warmUp,
            List<Property> properties,
            List<OrderedFault> ordered,
            List<RandomFault> admissible) {
        this.scenario = scenario;
        this.warmUp = warmUp;
        this.searched =
                new Scenario<>(
                        scenario.protocol(),
                        scenario.application(),
                        scenario.environment(),
                        scenario.faults().with(admissible),
                        scenario.bounds(),
                        scenario.limits());
        this.properties =
                properties.stream()
                        .filter(property -> property.appliesTo(scenario.application()))
                        .toList();
        this.ordered = List.copyOf(ordered);
        scenario.protocol().seats().stream().map(Seat::role).forEach(roles::add);
        for (int client = 1; client <= scenario.application().clients(); client++) {
            roles.add("client-" + client);
        }
    }

    @Override
    public String promise() {
        return scenario.protocol().promise().text();
    }

    @Override
    public String faults() {
        return ordered.isEmpty()
                ? "nothing goes wrong"
                : ordered.stream().map(OrderedFault::text).collect(Collectors.joining("; "));
    }

    @Override
    public List<OrderedFault> ordered() {
        return ordered;
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        return run(scenario, choices, timeline);
    }

    @Override
    public Outcome replay(Choices choices, @Nullable Consumer<String> timeline) {
        return run(searched, choices, timeline);
    }

    private Outcome run(Scenario<M> tried, Choices choices, @Nullable Consumer<String> timeline) {
        var measurements = new Measurements(roles, scenario.application().processes(), warmUp);
        @Nullable Recorder recorder = timeline == null ? null : new Recorder(roles);
        var simulation =
                new Simulation<>(tried, choices, properties, List.of(measurements), recorder);
        if (recorder == null || timeline == null) {
            return ended(simulation, simulation::run, measurements).outcome();
        }
        var told = new int[1];
        Ended ended =
                ended(
                        simulation,
                        () -> {
                            while (simulation.step()) {
                                told[0] = tell(recorder, told[0], timeline);
                            }
                            return simulation.result();
                        },
                        measurements);
        tell(recorder, told[0], timeline);
        return ended.outcome();
    }

    /**
     * A run that has ended.
     *
     * @param violatedAt when it first did what it should not, in virtual nanoseconds; -1 for never
     */
    private record Ended(Outcome outcome, long violatedAt) {}

    /**
     * What comes of a run; that the protocol throws in it, or is stuck, is a finding like others.
     */
    private Ended ended(
            Simulation<M> simulation, Supplier<RunResult> run, Measurements measurements) {
        RunResult result;
        try {
            result = run.get();
        } catch (NodeFailure failure) {
            var breach = new Breach(Breach.THROWS, failure.at(), thrown.text(failure));
            return ended(simulation.brokenOff(), List.of(), Optional.of(breach), measurements);
        }
        List<PropertyOutcome> judged =
                result.judgements().stream().map(SimulatedApplication::outcome).toList();
        return ended(
                result,
                judged,
                result.isViolated()
                        ? Optional.empty()
                        : Breach.stuck(result, scenario.limits().mostEvents()),
                measurements);
    }

    private Ended ended(
            RunResult result,
            List<PropertyOutcome> judged,
            Optional<Breach> ofRun,
            Measurements measurements) {
        var all = new ArrayList<>(judged);
        ofRun.map(breach -> violated(breach.property(), 0, breach.at(), breach.explanation()))
                .ifPresent(all::add);
        LongStream violated =
                result.judgements().stream()
                        .map(Judgement::verdict)
                        .mapToLong(v -> v instanceof Verdict.Violated(long at, _) ? at : -1)
                        .filter(at -> at >= 0);
        return new Ended(
                outcome(result, all, measurements),
                ofRun.map(Breach::at).orElseGet(() -> violated.min().orElse(-1)));
    }

    @Override
    public Optional<DrawnRun> draw(Choices choices, boolean recorded) {
        var measurements = new Measurements(roles, scenario.application().processes(), warmUp);
        var recorder = new Recorder(roles);
        Scenario<M> tried = recorded ? searched : scenario;
        var simulation =
                new Simulation<>(tried, choices, properties, List.of(measurements), recorder);
        Ended ended = ended(simulation, simulation::run, measurements);
        return Optional.of(
                new DrawnRun(
                        ended.outcome(),
                        Drawing.of(recorder, roles, ended.outcome().virtualNanos()),
                        ended.violatedAt()));
    }

    @Override
    public Optional<Story> story(List<Answer> answers, int recorded, String property) {
        return Optional.of(Storyteller.asTheyAre(runs(), answers, recorded, property));
    }

    @Override
    public Optional<LiveApplication<?>> live() {
        return Optional.of(new LiveApplication<>(scenario, warmUp, properties, ordered, roles));
    }

    @Override
    public RunResult conduct(
            Choices choices, Conductor conductor, List<String> judges, List<Observer> watching) {
        if (!(scenario.application() instanceof Application.Served(var service, var workload))) {
            return Subject.super.conduct(choices, conductor, judges, watching);
        }
        var directed =
                new Workload(
                        workload.clients(),
                        workload.requests(),
                        new Workload.Loop.Directed(),
                        workload.timeoutNanos());
        var conducted =
                new Scenario<>(
                        scenario.protocol(),
                        new Application.Served(service, directed),
                        scenario.environment(),
                        scenario.faults(),
                        scenario.bounds(),
                        scenario.limits());
        List<Property> judging =
                properties.stream().filter(property -> judges.contains(property.id())).toList();
        return new Simulation<>(conducted, choices, judging, watching, null, conductor).run();
    }

    @Override
    public Runs runs() {
        return Runs.of(searched, properties);
    }

    private static int tell(Recorder recorder, int told, Consumer<String> timeline) {
        for (int i = told; i < recorder.size(); i++) {
            timeline.accept(recorder.line(i));
        }
        return recorder.size();
    }

    private Outcome outcome(
            RunResult result, List<PropertyOutcome> judged, Measurements measurements) {
        return new Outcome(
                HexFormat.of().toHexDigits(result.digest()),
                result.endNanos(),
                new Counts(
                        result.events(),
                        result.answered(),
                        measurements.checkpoints(),
                        result.stableBytes(),
                        result.networkBytes(),
                        measurements.rollbacks(),
                        measurements.deepestRollback(),
                        measurements.migrations(),
                        OrderedFault.tallies(ordered, result.faults())),
                judged,
                measurements.requestLatency(),
                measurements.checkpointLatency(),
                measurements.recovery(),
                measurements.throughput(),
                measurements.faults(),
                measurements.breakdown(result.endNanos()));
    }

    static PropertyOutcome outcome(Judgement judgement) {
        return switch (judgement.verdict()) {
            case Verdict.Holds(long witnesses) ->
                    new PropertyOutcome(judgement.property(), Finding.HOLDS, witnesses, "");
            case Verdict.Violated(long at, String explanation) ->
                    violated(judgement.property(), judgement.witnesses(), at, explanation);
            case Verdict.Inconclusive(String reason) ->
                    new PropertyOutcome(
                            judgement.property(),
                            Finding.INCONCLUSIVE,
                            judgement.witnesses(),
                            reason);
        };
    }

    private static PropertyOutcome violated(
            String property, long witnesses, long at, String explanation) {
        return new PropertyOutcome(
                property,
                Finding.VIOLATED,
                witnesses,
                "at " + Unit.NANOSECONDS.text((double) at) + ": " + explanation);
    }
}
