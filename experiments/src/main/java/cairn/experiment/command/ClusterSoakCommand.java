package cairn.experiment.command;

import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.LiveResult;
import cairn.cluster.run.Machines;
import cairn.cluster.run.SystemUnderTest;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.LiveApplication;
import cairn.fault.SeededChoices;
import cairn.model.Application;
import cairn.model.NodeId;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;
import cairn.model.service.OperationSource;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Keeps real processes under random faults for a while, and judges the whole. */
@Command(
        name = "soak",
        description = {
            "Keeps the first variant of an experiment on real processes under random crashes,"
                    + " losses",
            "of power, pauses and isolations, one at a time, and judges the whole at the end. The",
            "file's faults and its number of requests are left out."
        },
        footer = {
            "",
            "Example:",
            "  ./cairn cluster soak experiments/live/soak.yaml --for '10 min'",
            "",
            "Exits with 0 if no property was violated and nothing leaked, 1 otherwise."
        })
final class ClusterSoakCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long SECOND = 1_000_000_000L;

    /** More descriptors or threads than this above those at the start are a leak. */
    private static final long MOST_MORE = 40;

    private final Workbench bench;
    private final CountDownLatch over = new CountDownLatch(1);

    @Parameters(paramLabel = "FILE", description = "An experiment file about a service.")
    private Path file = Path.of("");

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "For how long: 90 s, 10 min; otherwise ${DEFAULT-VALUE}.")
    private String length = "10 min";

    @Option(names = "--seed", paramLabel = "N", description = "Of faults and operations.")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where nodes keep their files; otherwise results/NAME-soak.")
    private @Nullable Path out;

    @Mixin private OverrideOptions overrides = new OverrideOptions();

    ClusterSoakCommand(Workbench bench) {
        this.bench = bench;
    }

    /** What the launcher holds of the operating system. */
    private record Held(long descriptors, long threads) {

        static Held now() throws IOException {
            Path open = Path.of("/proc/self/fd");
            long descriptors = 0;
            if (Files.exists(open)) {
                try (Stream<Path> all = Files.list(open)) {
                    descriptors = all.count();
                }
            }
            return new Held(descriptors, Thread.getAllStackTraces().size());
        }
    }

    @Override
    public Integer call() throws IOException {
        Experiment experiment = bench.experiment(file, overrides.all());
        Variant variant = experiment.variants().getFirst();
        LiveApplication<?> live = ClusterRunCommand.live(variant);
        if (!(live.application() instanceof Application.Served served)) {
            throw new UserMistake("soak: nobody asks '" + live.application().name() + "'");
        }
        Path shown = out == null ? Path.of("results", experiment.name() + "-soak") : out;
        Path folder = bench.terminal().resolve(shown);
        ResultsFolder.make(folder, shown);
        long nanos = nanos();
        try (SystemUnderTest system = live.system(Machines.loopback(), folder, seed, List.of());
                Interruption interruption = bench.interruption(over::countDown)) {
            system.start();
            Held before = Held.now();
            var answered = new AtomicLong();
            var unknown = new AtomicLong();
            List<Thread> clients = clients(system, served, answered, unknown);
            int struck = strike(system, live.roles(), nanos);
            over.countDown();
            clients.forEach(ClusterSoakCommand::join);
            system.awaitAllUp();
            Held after = Held.now();
            LiveResult result = system.conclude();
            int code = tell(result, struck, answered.get(), unknown.get(), before, after);
            return interruption.happened() ? ExitCode.INTERRUPTED : code;
        } catch (LiveFailure e) {
            bench.terminal().err().println("soak: " + e.getMessage());
            bench.terminal().err().flush();
            return ExitCode.BROKEN;
        }
    }

    private long nanos() {
        String[] words = length.strip().split(" +", -1);
        try {
            long number = Long.parseLong(words[0]);
            String unit = words.length == 2 ? words[1] : "";
            return switch (unit) {
                case "s" -> number * SECOND;
                case "min" -> number * 60 * SECOND;
                case "h" -> number * 3_600 * SECOND;
                default -> throw new UserMistake("--for: a time such as 10 min: " + length);
            };
        } catch (NumberFormatException e) {
            throw new UserMistake("--for: a time such as 10 min: " + length);
        }
    }

    private List<Thread> clients(
            SystemUnderTest system,
            Application.Served served,
            AtomicLong answered,
            AtomicLong unknown) {
        Choices choices = new SeededChoices(seed);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < served.workload().clients(); i++) {
            SystemUnderTest.Session session = system.open(i);
            OperationSource operations = served.service().operations("client-" + (i + 1), choices);
            clients.add(
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> {
                                while (over.getCount() > 0) {
                                    boolean known =
                                            session.invoke(operations.next(), PATIENCE).isPresent();
                                    (known ? answered : unknown).incrementAndGet();
                                    rest(10_000_000);
                                }
                            }));
        }
        return clients;
    }

    /** Inflicts one fault after another, each healed before the next; returns how many. */
    private int strike(SystemUnderTest system, List<String> roles, long nanos) {
        Choices choices = new SeededChoices(seed);
        var which = new Choice("soak which", new Law.Pick(4), choices);
        var where = new Choice("soak where", new Law.Pick(roles.size()), choices);
        var lasts = new Choice("soak lasts", new Law.Uniform(SECOND / 5, 3 * SECOND), choices);
        var gap = new Choice("soak gap", new Law.Uniform(2 * SECOND, 6 * SECOND), choices);
        int struck = 0;
        while (system.now() < nanos && over.getCount() > 0) {
            rest(gap.ask());
            NodeId node = new NodeId((int) where.ask());
            Fault fault =
                    switch ((int) which.ask()) {
                        case 0 -> new Fault.ProcessCrash(node);
                        case 1 -> new Fault.PowerLoss(node);
                        case 2 -> new Fault.Pause(node);
                        default -> new Fault.Isolation(node);
                    };
            system.inflict(fault);
            struck++;
            rest(lasts.ask());
            system.heal(fault);
            system.awaitAllUp();
            bench.terminal()
                    .err()
                    .println(
                            Line.of(
                                    "%4d s  %s of %s",
                                    system.now() / SECOND,
                                    fault.getClass().getSimpleName(),
                                    roles.get(node.index())));
            bench.terminal().err().flush();
        }
        return struck;
    }

    private int tell(
            LiveResult result, int struck, long answered, long unknown, Held before, Held after) {
        var say = bench.terminal().out();
        int code = ExitCode.HOLDS;
        for (Judgement judgement : result.judgements()) {
            switch (judgement.verdict()) {
                case Verdict.Violated(long at, String explanation) -> {
                    code = ExitCode.VIOLATED;
                    say.println(
                            Line.of(
                                    "%s is violated at %.3f s: %s",
                                    judgement.property(), at / 1e9, explanation));
                }
                case Verdict.Holds(long witnesses) ->
                        say.println(
                                Line.of(
                                        "%-9s holds, %,d occasions",
                                        judgement.property(), witnesses));
                case Verdict.Inconclusive(String reason) ->
                        say.println(Line.of("%-9s inconclusive: %s", judgement.property(), reason));
            }
        }
        say.println(
                Line.of(
                        "%,d s, %d faults, %,d requests answered, %,d given up.",
                        result.endNanos() / SECOND, struck, answered, unknown));
        say.println(
                Line.of(
                        "Launcher: %d descriptors at the start and %d at the end, %d threads and"
                                + " %d.",
                        before.descriptors, after.descriptors, before.threads, after.threads));
        if (after.descriptors > before.descriptors + MOST_MORE
                || after.threads > before.threads + MOST_MORE) {
            say.println("That is a leak.");
            code = ExitCode.VIOLATED;
        }
        say.flush();
        return code;
    }

    /** Waits, but not when all is over. */
    private void rest(long nanos) {
        try {
            over.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
