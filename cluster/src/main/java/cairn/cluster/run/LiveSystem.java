package cairn.cluster.run;

import cairn.cluster.control.Holdings;
import cairn.cluster.group.Member;
import cairn.cluster.node.LiveMachine;
import cairn.model.Application;
import cairn.model.Message;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.Moment;
import cairn.model.property.Property;
import cairn.model.service.Operation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes of a scenario whose clients and faults are driven from outside. */
public final class LiveSystem<M extends Message> implements SystemUnderTest {

    private final LiveScenario<M> scenario;
    private final Application.Served served;
    private final List<Property> properties;
    private final List<? extends Observer> observers;
    private final LiveCluster<M> cluster;
    private final LiveProgress progress;
    private final Detections detections = new Detections();
    private final List<Fault> broken = new ArrayList<>();
    private final EnumMap<FaultKind, Integer> suffered = new EnumMap<>(FaultKind.class);
    private volatile long healedAt;

    /**
     * A system that is not started. The scenario's faults and its number of requests are left out.
     *
     * @param folder where the places keep their files, and their logs
     */
    public LiveSystem(
            LiveScenario<M> scenario,
            Machines machines,
            Path folder,
            long seed,
            List<Property> properties,
            List<? extends Observer> observers) {
        if (!(scenario.application() instanceof Application.Served service)) {
            throw new IllegalArgumentException(
                    "nobody asks a computation: " + scenario.application().name());
        }
        this.scenario = scenario;
        this.served = service;
        this.properties = List.copyOf(properties);
        this.observers = List.copyOf(observers);
        this.progress = new LiveProgress(service);
        this.cluster =
                new LiveCluster<>(scenario, machines, folder, seed, List.of(), new Watching());
    }

    @Override
    public List<String> roles() {
        return scenario.protocol().seats().stream().map(Seat::role).toList();
    }

    @Override
    public void start() {
        cluster.start();
    }

    @Override
    public long now() {
        return cluster.now();
    }

    @Override
    public Session open(int client) {
        if (client < 0 || client >= served.workload().clients()) {
            throw new IllegalArgumentException(
                    "clients are numbered from 0 to "
                            + (served.workload().clients() - 1)
                            + ": "
                            + client);
        }
        var caller = new Caller<M>(scenario.protocol().servers(), served.workload().timeoutNanos());
        LiveMachine<M> machine =
                cluster.client(scenario.protocol().seats().size() + client, caller);
        return (operation, patience) -> invoke(machine, caller, operation, patience);
    }

    private OptionalLong invoke(
            LiveMachine<M> machine, Caller<M> caller, Operation operation, Duration patience) {
        var answer = new CompletableFuture<Long>();
        machine.perform(out -> caller.ask(operation, answer, out));
        try {
            return OptionalLong.of(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            // Nobody repeats it any more.
            answer.cancel(false);
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(false);
            return OptionalLong.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a result is never an exception", e);
        }
    }

    @Override
    public boolean inflict(Fault fault) {
        LiveCluster.refusal(fault)
                .ifPresent(reason -> {
                    throw new IllegalArgumentException(fault + ": " + reason);
                });
        synchronized (broken) {
            int already = suffered.getOrDefault(fault.kind(), 0);
            if (!scenario.faults().admissible().allows(fault.kind(), already)) {
                return false;
            }
            suffered.put(fault.kind(), already + 1);
            broken.add(fault);
            cluster.inflict(fault);
            return true;
        }
    }

    @Override
    public void heal(Fault fault) {
        synchronized (broken) {
            if (broken.remove(fault)) {
                cluster.heal(fault);
                healedAt = cluster.now();
            }
        }
    }

    @Override
    public void healAll() {
        synchronized (broken) {
            List.copyOf(broken).forEach(this::heal);
        }
    }

    @Override
    public List<Holdings> holdings() {
        return cluster.holdings();
    }

    @Override
    public Optional<String> failure() {
        return cluster.failure();
    }

    @Override
    public void awaitAllUp() {
        cluster.awaitAllUp();
        healedAt = cluster.now();
    }

    @Override
    public LiveResult conclude() {
        return new Hearing<>(scenario, properties, observers)
                .judge(cluster, progress, detections, healedAt, List::of);
    }

    @Override
    public void close() {
        cluster.close();
    }

    /** Who is told what happens. */
    private final class Watching implements LiveCluster.Watcher {

        @Override
        public void observed(Observation observation) {
            progress.on(observation);
            detections.on(observation);
        }

        @Override
        public void reached(Moment moment, int place) {
            // Nobody awaits a moment.
        }

        @Override
        public void viewed(long at, List<Member> members) {
            detections.viewed(at, members);
        }
    }
}
