package cairn.cluster.run;

import cairn.cluster.control.Holdings;
import cairn.cluster.control.Order;
import cairn.cluster.control.Past;
import cairn.cluster.control.Report;
import cairn.cluster.group.Member;
import cairn.cluster.group.Stack;
import cairn.cluster.memory.Barrier;
import cairn.cluster.node.LiveMachine;
import cairn.cluster.node.NodeProcess;
import cairn.cluster.node.Timekeeper;
import cairn.cluster.wire.Vocabulary;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.choice.Mix;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Moment;
import cairn.model.property.Ending;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of one run: a JVM for each place of the protocol, and the clients in this one. It
 * is started, asked, made to fail, healed and closed; who drives it is no concern of it.
 *
 * <p>The processes end with this one, whatever ends it: each watches its standard input.
 */
public final class LiveCluster<M extends Message> implements AutoCloseable {

    private static final long LAST_WORDS_SECONDS = 5;

    private final LiveScenario<M> scenario;
    private final Path folder;
    private final long seed;
    private final List<Moment> awaited;
    private final Watcher watcher;
    private final Vocabulary vocabulary;
    private final Chronicle chronicle;
    private final SteeringThread steering = new SteeringThread();
    private final List<Place> places = new ArrayList<>();
    private final Clients<M> clients;
    private final Weather weather;
    private final LiveFaults faults;
    private final Premises premises;
    private volatile long zeroNanos = -1;
    private volatile @Nullable Timekeeper time;

    /** Who is told what happens while it happens; on several threads. */
    public interface Watcher {

        /** Something was observed; not in the order of time. */
        void observed(Observation observation);

        /** A moment that was awaited, at a place. */
        void reached(Moment moment, int place);

        /** The view of this process changed. */
        void viewed(long at, List<Member> members);
    }

    /**
     * A cluster that is not started.
     *
     * @param folder where the places keep their files, which are made anew
     * @param awaited the moments that the watcher wants to know of
     */
    public LiveCluster(
            LiveScenario<M> scenario,
            Machines machines,
            Path folder,
            long seed,
            List<Moment> awaited,
            Watcher watcher) {
        this(scenario, machines, folder, seed, awaited, watcher, Stack.SILENCE_MILLIS);
    }

    /**
     * As above.
     *
     * @param silenceMillis after how long a silence the group suspects a member
     */
    LiveCluster(
            LiveScenario<M> scenario,
            Machines machines,
            Path folder,
            long seed,
            List<Moment> awaited,
            Watcher watcher,
            long silenceMillis) {
        this.scenario = scenario;
        this.folder = folder;
        this.seed = seed;
        this.awaited = List.copyOf(awaited);
        this.watcher = watcher;
        this.vocabulary = Vocabulary.of(scenario.protocol(), scenario.application());
        this.chronicle = new Chronicle(watcher::observed);
        this.clients = new Clients<>(folder, seed, new ClientsWatcher());
        this.weather = new Weather(scenario.places());
        List<Hardware> hardware =
                scenario.protocol().seats().stream().map(seat -> seat.hardware()).toList();
        for (int i = 0; i < hardware.size(); i++) {
            places.add(new Place(i, hardware.get(i), new Helm()));
        }
        this.premises = new Premises(machines, folder, hardware, silenceMillis);
        this.faults = new LiveFaults(places, weather, this::weatherChanged, !machines.namespaces());
    }

    /** Why a fault cannot be inflicted on real processes; empty if it can. */
    public static Optional<String> refusal(Fault fault) {
        return LiveFaults.refusal(fault);
    }

    /**
     * Starts all processes; returns when all have joined and their nodes begin, which is the
     * instant zero of the run.
     *
     * @throws LiveFailure if they do not
     */
    public void start() {
        try {
            Files.createDirectories(folder);
            premises.lay();
            int seats = places.size();
            clients.join(
                    new Member(seats, Math.max(1, scenario.places() - seats), 0),
                    vocabulary,
                    premises.stack(seats));
        } catch (Exception e) {
            throw new LiveFailure("cannot join the group: " + e.getMessage(), e);
        }
        places.forEach(place -> steering.steer(place::start));
        await("all to join", () -> places.stream().allMatch(Place::hasJoined));
        await("all to be in one view", this::seesAll);
        zeroNanos = System.nanoTime();
        Timekeeper running = new Timekeeper(zeroNanos);
        time = running;
        clients.begin(running);
        places.forEach(place -> steering.steer(place::begin));
    }

    /**
     * Whether everybody is in the view of everybody. On a busy machine a process may have founded a
     * group of its own: what it sends to whom it does not see is lost until the two have merged, at
     * both ends.
     */
    private boolean seesAll() {
        int all = places.size() + 1;
        return clients.seen() == all && places.stream().allMatch(place -> place.seen() == all);
    }

    /** Starts a client at a place behind those of the protocol. */
    public LiveMachine<M> client(int place, Node<M> node) {
        return clients.start(place, node);
    }

    /** Nanoseconds since the run began. */
    public long now() {
        Timekeeper running = time;
        return running == null ? 0 : running.now();
    }

    /** Inflicts a fault; returns when it was inflicted, with the number of this strike. */
    public int inflict(Fault fault) {
        return steering.ask(() -> {
            chronicle.add(new Observation.Struck(now(), fault));
            return faults.strike(fault);
        });
    }

    /** Heals a fault; a process that was killed then starts, which takes its time. */
    public void heal(Fault fault) {
        steering.steerAndWait(() -> {
            chronicle.add(new Observation.Healed(now(), fault));
            faults.heal(fault);
        });
    }

    /** Waits until every node runs, and every member sees all in its view. */
    public void awaitAllUp() {
        await("all to be up again", () -> places.stream().allMatch(Place::isUp));
    }

    /**
     * Why the run cannot go on, for a reason that says nothing of the protocol; empty while it can.
     */
    public Optional<String> failure() {
        return steering.failure();
    }

    /** Says that the run cannot go on. */
    void fail(String reason) {
        steering.fail(reason);
    }

    /** What was observed so far, in the order of time. */
    public List<Observation> observations() {
        return chronicle.inOrder();
    }

    /**
     * What each process holds of its machine, in the order of places; for when all are up.
     *
     * @throws LiveFailure if one does not say
     */
    public List<Holdings> holdings() {
        places.forEach(place -> steering.steer(place::measure));
        await(
                "all to say what they hold",
                () -> places.stream().allMatch(place -> place.holdings() != null));
        return steering.ask(() ->
                places.stream()
                        .flatMap(place -> Optional.ofNullable(place.holdings()).stream())
                        .toList());
    }

    /** Asks every node for its last words, and stops the clients. */
    public List<Ending.Waiting> stop() {
        List<Ending.Waiting> waiting = new ArrayList<>();
        Map<Integer, String> wanted = new ConcurrentHashMap<>();
        clients.stop(wanted::put);
        places.forEach(place -> steering.steer(place::stop));
        steering.await(
                LAST_WORDS_SECONDS,
                () ->
                        wanted.size() == clients.count()
                                && places.stream()
                                        .allMatch(p -> !p.isUp() || p.lastWords() != null));
        for (Place place : places) {
            Report.Stopped last =
                    steering.ask(() -> Optional.ofNullable(place.lastWords())).orElse(null);
            waiting.add(
                    new Ending.Waiting(
                            new NodeId(place.index()),
                            last != null,
                            last == null ? "being started" : last.waitsFor()));
        }
        wanted.forEach(
                (place, words) -> waiting.add(new Ending.Waiting(new NodeId(place), true, words)));
        return waiting;
    }

    /**
     * Bytes that all members sent to each other, processes that were killed too; known after {@link
     * #stop}, of the places that run then.
     */
    public long networkBytes() {
        return clients.bytes() + lastWords(places).mapToLong(Report.Stopped::networkBytes).sum();
    }

    /**
     * Whether a strike changed something; what it does inside of a process is not seen, and counts.
     */
    public boolean isFelt(int strike) {
        return steering.ask(() -> faults.isFelt(strike));
    }

    /** How far what is said of the time on other hosts may be off at most; zero on one machine. */
    public long clockErrorNanos() {
        return steering.ask(
                () -> places.stream().mapToLong(Place::clockErrorNanos).max().orElse(0));
    }

    /** Bytes that were written to stable storage; known after {@link #stop}. */
    public long stableBytes() {
        return lastWords(places).mapToLong(Report.Stopped::stableBytes).sum();
    }

    /** What protected the pages of each process that has memory; known after {@link #stop}. */
    public List<Barrier> barriers() {
        List<Place> computing =
                places.stream().filter(place -> place.hardware().memoryBytes() > 0).toList();
        return lastWords(computing).map(Report.Stopped::barrier).toList();
    }

    /** What those of some places said that ran when they were asked. */
    private static Stream<Report.Stopped> lastWords(List<Place> of) {
        return of.stream().flatMap(place -> Optional.ofNullable(place.lastWords()).stream());
    }

    @Override
    public void close() {
        // Who was interrupted closes as well as anybody.
        boolean interrupted = Thread.interrupted();
        try {
            places.forEach(place -> steering.steer(place::close));
            steering.ask(() -> true);
            clients.leave();
        } finally {
            steering.close();
            clients.close();
            premises.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void await(String what, BooleanSupplier condition) {
        if (!steering.await(condition)) {
            throw new LiveFailure(
                    failure()
                                    .orElseGet(() ->
                                            "waited "
                                                    + SteeringThread.PATIENCE_SECONDS
                                                    + " s in vain for "
                                                    + what
                                                    + ": "
                                                    + steering.ask(this::states))
                            + "; see "
                            + folder);
        }
    }

    /** How far each place is, for who waited in vain. */
    private String states() {
        return places.stream()
                .map(place -> "n" + place.index() + " " + place.state())
                .collect(Collectors.joining(", "));
    }

    private void weatherChanged() {
        for (Place place : places) {
            try {
                place.links(
                        new Order.Links(
                                weather.changes(),
                                premises.afterCuts(place.index(), weather.to(place.index()))));
            } catch (IOException e) {
                steering.fail("a link cannot be cut or healed: " + e.getMessage());
            }
        }
        Map<Integer, LinkQuality> bad = new HashMap<>();
        for (int client = places.size(); client < scenario.places(); client++) {
            bad.putAll(weather.to(client));
        }
        int now = weather.changes();
        clients.links(bad, from -> steering.steer(() -> spoiltForClients(now, from)));
    }

    /** To which of them it went is not looked at: they share a process. */
    private void spoiltForClients(int under, int from) {
        for (int client = places.size(); client < scenario.places(); client++) {
            faults.spoilt(under, from, client);
        }
    }

    /** What places need. */
    private final class Helm implements Place.Steering {

        @Override
        public Machines machines() {
            return premises.machines();
        }

        @Override
        public Process start(int place) throws IOException {
            return premises.machines().start(place, NodeProcess.class, log(place));
        }

        @Override
        public Path log(int place) {
            return folder.resolve("n" + place + ".log");
        }

        @Override
        public Order.Enrol enrolment(
                int place, int incarnation, Past past, boolean logs, Order.Links links) {
            return new Order.Enrol(
                    scenario.protocol(),
                    place,
                    incarnation,
                    premises.stack(place),
                    vocabulary.names(),
                    premises.files(place).toString(),
                    folder.resolve("n" + place + ".totals").toAbsolutePath().toString(),
                    premises.hasOwnDisk(place),
                    // A process that is started again throws other dice.
                    Mix.mix(seed + incarnation * Mix.GOLDEN),
                    past,
                    premises.machines().protection(),
                    awaited,
                    logs,
                    links);
        }

        @Override
        public long zeroNanos() {
            return zeroNanos;
        }

        @Override
        public long now() {
            return LiveCluster.this.now();
        }

        @Override
        public void observe(Observation observation) {
            chronicle.add(observation);
        }

        @Override
        public void reported(Place place, Incarnation from, Report report) {
            if (report instanceof Report.Reached(Moment moment)) {
                watcher.reached(moment, place.index());
            } else if (report instanceof Report.Spoilt(int under, int origin)) {
                steering.steer(() -> faults.spoilt(under, origin, place.index()));
            } else {
                steering.steer(() -> place.reported(from, report));
            }
        }

        @Override
        public void ended(Place place, Incarnation from) {
            steering.steer(() -> place.ended(from));
        }

        @Override
        public void later(long delayNanos, Runnable action) {
            steering.steerLater(delayNanos, action);
        }

        @Override
        public long restartNanos() {
            return scenario.restartNanos();
        }

        @Override
        public void fail(String reason) {
            steering.fail(reason);
        }
    }

    /** What happens to clients. */
    private final class ClientsWatcher implements Clients.Watcher {

        @Override
        public void observed(Observation observation) {
            chronicle.add(observation);
        }

        @Override
        public void viewed(List<Member> members) {
            watcher.viewed(now(), members);
        }

        @Override
        public void failed(String reason) {
            steering.fail(reason);
        }
    }
}
