package cairn.experiment.command;

import cairn.cluster.control.Holdings;
import cairn.cluster.run.LiveResult;
import cairn.cluster.run.SystemUnderTest;
import cairn.fault.SeededChoices;
import cairn.model.Application;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.service.OperationSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Real processes under random faults for a while. For the first third processes are killed too;
 * from then on only what they survive strikes, so that each lives to the end, which is where a leak
 * shows.
 */
final class Soak {

    private static final long SECOND = 1_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a client waits between two requests, if that does not make too many. */
    private static final long LEAST_REST = SECOND / 100;

    /** All that is observed is kept to be judged: the longer it lasts, the slower they ask. */
    private static final long MOST_REQUESTS = 200_000;

    /** Before a process is first measured, it has done for a while what it does. */
    private static final long SETTLING = 10 * SECOND;

    private final SystemUnderTest system;
    private final Application.Served served;
    private final long nanos;
    private final Choices choices;
    private final Consumer<String> progress;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private int struck;

    /**
     * What a soak came to.
     *
     * @param early what each place's process held when the second part began
     * @param late what it held in the end
     * @param launcherEarly what this process held at the beginning
     * @param launcherLate what it held in the end
     */
    record Outcome(
            LiveResult result,
            int faults,
            long answered,
            long unknown,
            List<Holdings> early,
            List<Holdings> late,
            Holdings launcherEarly,
            Holdings launcherLate) {}

    /**
     * A soak of a system that was started.
     *
     * @param nanos for how long
     * @param progress is told of each fault
     */
    Soak(
            SystemUnderTest system,
            Application.Served served,
            long nanos,
            long seed,
            Consumer<String> progress) {
        this.system = system;
        this.served = served;
        this.nanos = nanos;
        this.choices = new SeededChoices(seed);
        this.progress = progress;
    }

    /** Ends it early; may be called from any thread. */
    void stop() {
        over.countDown();
    }

    /**
     * Runs to the end.
     *
     * @param folder of the run
     */
    Outcome run(Path folder) throws IOException {
        Holdings launcherEarly = Holdings.now(folder);
        List<Thread> clients = clients();
        List<String> roles = system.roles();
        int clientCount = served.workload().clients();
        strike("killing", SoakFaults.killing(roles, clientCount, choices), nanos / 3);
        rest(Math.min(SETTLING, nanos / 10));
        List<Holdings> early = system.holdings();
        strike("sparing", SoakFaults.sparing(roles, clientCount, choices), nanos);
        over.countDown();
        clients.forEach(Soak::join);
        system.awaitAllUp();
        List<Holdings> late = system.holdings();
        Holdings launcherLate = Holdings.now(folder);
        return new Outcome(
                system.conclude(),
                struck,
                answered.get(),
                unknown.get(),
                early,
                late,
                launcherEarly,
                launcherLate);
    }

    private List<Thread> clients() {
        List<Thread> clients = new ArrayList<>();
        int count = served.workload().clients();
        long pause = Math.max(LEAST_REST, nanos * count / MOST_REQUESTS);
        for (int i = 0; i < count; i++) {
            SystemUnderTest.Session session = system.open(i);
            OperationSource operations = served.service().operations("client-" + (i + 1), choices);
            clients.add(Thread.ofPlatform().daemon().start(() -> ask(session, operations, pause)));
        }
        return clients;
    }

    private void ask(SystemUnderTest.Session session, OperationSource operations, long pause) {
        while (over.getCount() > 0) {
            boolean known = session.invoke(operations.next(), PATIENCE).isPresent();
            (known ? answered : unknown).incrementAndGet();
            rest(pause);
        }
    }

    /** Inflicts one fault after another, each healed before the next. */
    private void strike(String part, SoakFaults faults, long untilNanos) {
        var lasts = new Choice(part + " lasts", new Law.Uniform(SECOND / 5, 3 * SECOND), choices);
        var gap = new Choice(part + " gap", new Law.Uniform(2 * SECOND, 6 * SECOND), choices);
        while (system.now() < untilNanos && over.getCount() > 0) {
            rest(gap.ask());
            Fault fault = faults.next();
            system.inflict(fault);
            struck++;
            rest(lasts.ask());
            system.heal(fault);
            system.awaitAllUp();
            progress.accept(faults.words(fault));
        }
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
