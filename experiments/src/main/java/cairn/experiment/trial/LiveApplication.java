package cairn.experiment.trial;

import cairn.cluster.run.LiveCluster;
import cairn.cluster.run.LiveResult;
import cairn.cluster.run.LiveRun;
import cairn.cluster.run.LiveScenario;
import cairn.cluster.run.LiveSystem;
import cairn.cluster.run.Machines;
import cairn.cluster.run.SystemUnderTest;
import cairn.model.Application;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Observer;
import cairn.model.fault.Fault;
import cairn.model.property.Property;
import cairn.report.Counts;
import cairn.simulator.Recorder;
import cairn.simulator.Scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A service or a computation that a protocol protects, on real processes. */
public final class LiveApplication<M extends Message> {

    private final LiveScenario<M> scenario;
    private final long warmUp;
    private final List<Property> properties;
    private final List<OrderedFault> ordered;
    private final List<String> roles;

    LiveApplication(
            Scenario<M> simulated,
            long warmUp,
            List<Property> properties,
            List<OrderedFault> ordered,
            List<String> roles) {
        this(
                new LiveScenario<>(
                        simulated.protocol(),
                        simulated.application(),
                        simulated.faults(),
                        simulated.bounds(),
                        simulated.limits().faultsUntilNanos(),
                        simulated.limits().settleNanos(),
                        simulated.limits().restartNanos()),
                warmUp,
                properties,
                ordered,
                roles);
    }

    private LiveApplication(
            LiveScenario<M> scenario,
            long warmUp,
            List<Property> properties,
            List<OrderedFault> ordered,
            List<String> roles) {
        this.scenario = scenario;
        this.warmUp = warmUp;
        this.properties = List.copyOf(properties);
        this.ordered = List.copyOf(ordered);
        this.roles = List.copyOf(roles);
    }

    /** The same, judged by those of its properties that have one of these ids. */
    public LiveApplication<M> judgedBy(List<String> ids) {
        return new LiveApplication<>(
                scenario,
                warmUp,
                properties.stream().filter(property -> ids.contains(property.id())).toList(),
                ordered,
                roles);
    }

    /** Why it cannot be run on real processes; empty if it can. */
    public Optional<String> refusal() {
        if (isOfJar()) {
            return Optional.of("protocols of jars are simulated only");
        }
        if (!scenario.faults().spreads().isEmpty()) {
            return Optional.of("faults that spread are simulated only");
        }
        return faults().flatMap(fault -> refusal(fault).stream()).findFirst();
    }

    /** Other processes have the classes of this one's class path, and no more. */
    private boolean isOfJar() {
        return !LiveApplication.class
                .getClassLoader()
                .equals(scenario.protocol().node(new NodeId(0)).getClass().getClassLoader());
    }

    /** Those planned, then those at random. */
    private Stream<Fault> faults() {
        return Stream.concat(
                scenario.faults().planned().stream().map(each -> each.fault()),
                scenario.faults().random().stream().map(each -> each.fault()));
    }

    private static Optional<String> refusal(Fault fault) {
        return LiveCluster.refusal(fault).map(reason -> fault.kind() + ": " + reason);
    }

    /**
     * The processes alone, for who drives clients and faults from outside.
     *
     * @param observers are told what was observed, in the order of time, when all is over
     */
    public SystemUnderTest system(
            Machines machines, Path folder, long seed, List<? extends Observer> observers) {
        return new LiveSystem<>(scenario, machines, folder, seed, properties, observers);
    }

    /** What it protects. */
    public Application application() {
        return scenario.application();
    }

    /** The names of its places, in order. */
    public List<String> roles() {
        return roles.subList(0, scenario.protocol().seats().size());
    }

    /** One run that can be ended early. */
    private LiveRun<M> run(Machines machines, Path folder, long seed, List<Observer> observers) {
        return new LiveRun<>(scenario, machines, folder, seed, properties, observers);
    }

    /**
     * Runs it once.
     *
     * @param folder where the nodes keep their files and logs
     * @param history is given one line of text for each observation, in the order of time
     * @param begun is given what ends the run early
     */
    public LiveTrial run(
            Machines machines,
            Path folder,
            long seed,
            Consumer<String> history,
            Consumer<Runnable> begun) {
        var measurements = new Measurements(roles, scenario.application().processes(), warmUp);
        var recorder = new Recorder(roles);
        LiveRun<M> run = run(machines, folder, seed, List.of(measurements, recorder));
        begun.accept(run::stop);
        LiveResult result = run.run();
        for (int i = 0; i < recorder.size(); i++) {
            history.accept(recorder.line(i));
        }
        var outcome =
                new Outcome(
                        "live",
                        result.endNanos(),
                        new Counts(
                                result.observations().size(),
                                result.answered(),
                                measurements.checkpoints(),
                                result.stableBytes(),
                                result.networkBytes(),
                                measurements.rollbacks(),
                                measurements.deepestRollback(),
                                measurements.migrations(),
                                OrderedFault.tallies(ordered, result.tallies())),
                        result.judgements().stream().map(SimulatedApplication::outcome).toList(),
                        measurements.requestLatency(),
                        measurements.checkpointLatency(),
                        measurements.recovery(),
                        measurements.throughput(),
                        measurements.faults(),
                        measurements.breakdown(result.silentSinceNanos()));
        return new LiveTrial(
                outcome, result.detectionNanos(), result.barriers(), result.clockErrorNanos());
    }
}
