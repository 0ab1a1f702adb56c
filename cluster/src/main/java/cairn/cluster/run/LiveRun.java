package cairn.cluster.run;

import cairn.cluster.group.Member;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Application;
import cairn.model.Message;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.choice.Choices;
import cairn.model.fault.Fault;
import cairn.model.fault.Moment;
import cairn.model.property.Property;
import cairn.model.service.Client;
import cairn.model.service.Workload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a scenario on real processes: first things may fail; then everything is healed and the
 * run must come to its end. What was observed is judged afterwards, in the order of time, by the
 * properties that judge simulated runs.
 */
public final class LiveRun<M extends Message> {

    private static final long LOOK_MILLIS = 5;

    private final LiveScenario<M> scenario;
    private final Machines machines;
    private final Path folder;
    private final long seed;
    private final List<Property> properties;
    private final List<? extends Observer> observers;
    private volatile boolean stopped;

    /**
     * A run that is judged by properties, and watched by others.
     *
     * @param folder where the places keep their files, and their logs
     */
    public LiveRun(
            LiveScenario<M> scenario,
            Machines machines,
            Path folder,
            long seed,
            List<Property> properties,
            List<? extends Observer> observers) {
        this.scenario = scenario;
        this.machines = machines;
        this.folder = folder;
        this.seed = seed;
        this.properties = List.copyOf(properties);
        this.observers = List.copyOf(observers);
    }

    /** Ends the run early; may be called from any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs to the end.
     *
     * @throws LiveFailure if the run could not be made
     */
    public LiveResult run() {
        FaultPlan plan = scenario.faults();
        var choices = new SeededChoices(seed);
        var progress = new LiveProgress(scenario.application());
        var detections = new Detections();
        var inflicting = new Inflicting();
        try (LiveInjector injector = new LiveInjector(plan, choices, inflicting);
                LiveCluster<M> cluster =
                        new LiveCluster<>(
                                scenario,
                                machines,
                                folder,
                                seed,
                                List.copyOf(LiveInjector.awaited(plan)),
                                new Watching(progress, detections, injector))) {
            inflicting.on(cluster);
            cluster.start();
            if (scenario.application() instanceof Application.Served served) {
                startClients(cluster, served, choices);
            }
            injector.begin();
            return conclude(cluster, injector, progress, detections);
        }
    }

    private void startClients(LiveCluster<M> cluster, Application.Served served, Choices choices) {
        Workload workload = served.workload();
        int seats = scenario.protocol().seats().size();
        long share = workload.requests() / workload.clients();
        long rest = workload.requests() % workload.clients();
        for (int i = 0; i < workload.clients(); i++) {
            cluster.client(
                    seats + i,
                    new Client<>(
                            workload,
                            served.service().operations("client-" + (i + 1), choices),
                            scenario.protocol().servers(),
                            i < rest ? share + 1 : share));
        }
    }

    private LiveResult conclude(
            LiveCluster<M> cluster,
            LiveInjector injector,
            LiveProgress progress,
            Detections detections) {
        awaitUntil(cluster, progress, scenario.faultsUntilNanos());
        injector.end();
        long healthySince = Math.max(injector.healedAt(), 0);
        if (injector.healedAt() > 0 && !stopped) {
            // A process that was killed is well when it runs again.
            cluster.awaitAllUp();
            healthySince = cluster.now();
        }
        long patience = scenario.bounds().livenessNanos();
        awaitUntil(cluster, progress, Math.max(healthySince, cluster.now()) + patience);
        pause(scenario.settleNanos());
        return new Hearing<>(scenario, properties, observers)
                .judge(
                        cluster,
                        progress,
                        detections,
                        healthySince,
                        () -> injector.tallies(cluster::isFelt));
    }

    /** Waits until the workload is done, or a time has come. */
    private void awaitUntil(LiveCluster<M> cluster, LiveProgress progress, long untilNanos) {
        while (!progress.isFinished() && !stopped && cluster.now() < untilNanos) {
            cluster.failure()
                    .ifPresent(reason -> {
                        throw new LiveFailure(reason);
                    });
            pause(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        }
    }

    /** Faults on the cluster, which is made after the injector. */
    private final class Inflicting implements LiveInjector.Inflicting {

        private final List<LiveCluster<M>> target = new ArrayList<>();

        void on(LiveCluster<M> cluster) {
            target.add(cluster);
        }

        private LiveCluster<M> cluster() {
            return target.getFirst();
        }

        @Override
        public int inflict(Fault fault) {
            return cluster().inflict(fault);
        }

        @Override
        public void heal(Fault fault) {
            cluster().heal(fault);
        }

        @Override
        public long now() {
            return cluster().now();
        }

        @Override
        public void failed(RuntimeException reason) {
            cluster().fail(String.valueOf(reason.getMessage()));
        }
    }

    /** Who is told what happens. */
    private record Watching(LiveProgress progress, Detections detections, LiveInjector injector)
            implements LiveCluster.Watcher {

        @Override
        public void observed(Observation observation) {
            progress.on(observation);
            detections.on(observation);
            injector.observed(observation);
        }

        @Override
        public void reached(Moment moment, int place) {
            injector.reached(moment, place);
        }

        @Override
        public void viewed(long at, List<Member> members) {
            detections.viewed(at, members);
        }
    }
}
