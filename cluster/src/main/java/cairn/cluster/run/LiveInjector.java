package cairn.cluster.run;

import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.model.Observation;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.FaultTally;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Makes things go wrong as a plan has it, in real time: at times, at moments, and at times asked of
 * the choices; and heals them again.
 */
final class LiveInjector implements AutoCloseable {

    private final FaultPlan plan;
    private final Choices choices;
    private final Inflicting inflicting;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("injector").factory());
    private final List<Ordered> planned = new ArrayList<>();
    private final List<Ordered> random = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Fault> active = new ArrayList<>();
    private final EnumMap<FaultKind, Integer> suffered = new EnumMap<>(FaultKind.class);
    private boolean over;
    private long healedAt;

    /** Carries faults out. */
    interface Inflicting {
        /** Inflicts a fault, and answers the number of this strike. */
        int inflict(Fault fault);

        void heal(Fault fault);

        long now();

        /** A fault could not be carried out. */
        void failed(RuntimeException reason);
    }

    /** A fault of the plan, and what became of it. */
    private static final class Ordered {
        private final Fault fault;
        private final long healAfterNanos;
        private long came;
        private final List<Integer> strikes = new ArrayList<>();

        Ordered(Fault fault, long healAfterNanos) {
            this.fault = fault;
            this.healAfterNanos = healAfterNanos;
        }

        FaultTally tally(IntPredicate felt) {
            long effective = strikes.stream().filter(felt::test).count();
            return new FaultTally(came, strikes.size(), effective);
        }
    }

    /** A fault that waits for a moment. */
    private static final class Waiting {
        private final Trigger.OnMoment trigger;
        private final Ordered ordered;
        private long seen;

        Waiting(Trigger.OnMoment trigger, Ordered ordered) {
            this.trigger = trigger;
            this.ordered = ordered;
        }
    }

    /** A random fault and how often it struck. */
    private static final class Recurring {
        private final RandomFault fault;
        private final Ordered ordered;
        private final Choice gap;
        private int struck;

        Recurring(RandomFault fault, Ordered ordered, Choice gap) {
            this.fault = fault;
            this.ordered = ordered;
            this.gap = gap;
        }
    }

    LiveInjector(FaultPlan plan, Choices choices, Inflicting inflicting) {
        this.plan = plan;
        this.choices = choices;
        this.inflicting = inflicting;
        for (Injection injection : plan.planned()) {
            var ordered = new Ordered(injection.fault(), injection.healAfterNanos());
            planned.add(ordered);
            if (injection.when() instanceof Trigger.OnMoment moment) {
                waiting.add(new Waiting(moment, ordered));
            }
        }
        for (RandomFault fault : plan.random()) {
            random.add(new Ordered(fault.fault(), fault.healAfterNanos()));
        }
    }

    /** The moments that faults of a plan wait for. */
    static Set<Moment> awaited(FaultPlan plan) {
        Set<Moment> moments = EnumSet.noneOf(Moment.class);
        for (Injection injection : plan.planned()) {
            if (injection.when() instanceof Trigger.OnMoment(Moment moment, long _, var _)) {
                moments.add(moment);
            }
        }
        return moments;
    }

    /** The run begins now. */
    void begin() {
        for (int i = 0; i < planned.size(); i++) {
            Ordered ordered = planned.get(i);
            if (plan.planned().get(i).when() instanceof Trigger.At(long nanos)) {
                after(nanos - inflicting.now(), () -> strike(ordered, null));
            }
        }
        for (int i = 0; i < random.size(); i++) {
            RandomFault fault = plan.random().get(i);
            var gap = new Choice(fault.name(), new Law.Occurs(fault.gapNanos()), choices);
            schedule(new Recurring(fault, random.get(i), gap));
        }
    }

    private void after(long delayNanos, Runnable action) {
        var _ =
                executor.schedule(
                        () -> {
                            try {
                                action.run();
                            } catch (RuntimeException e) {
                                inflicting.failed(e);
                            }
                        },
                        Math.max(0, delayNanos),
                        TimeUnit.NANOSECONDS);
    }

    private void schedule(Recurring recurring) {
        long gap = recurring.gap.ask();
        if (gap != Law.Occurs.NEVER) {
            after(
                    gap,
                    () -> {
                        recurring.struck++;
                        strike(recurring.ordered, recurring);
                    });
        }
    }

    /** A claim that faults may wait for. */
    void observed(Observation observation) {
        if (observation instanceof Observation.Claimed claimed) {
            Moment moment = Moment.of(claimed.fact());
            if (moment != null) {
                reached(moment, claimed.node().index());
            }
        }
    }

    /** Something happened that a fault may wait for. */
    void reached(Moment moment, int node) {
        if (!waiting.isEmpty()) {
            after(0, () -> count(moment, node));
        }
    }

    private void count(Moment moment, int node) {
        for (Waiting candidate : waiting) {
            Trigger.OnMoment trigger = candidate.trigger;
            if (trigger.moment() == moment
                    && (trigger.node() == null || trigger.node().index() == node)
                    && ++candidate.seen == trigger.count()) {
                strike(candidate.ordered, null);
            }
        }
    }

    private void strike(Ordered ordered, @Nullable Recurring recurring) {
        if (over) {
            return;
        }
        ordered.came++;
        Fault fault = ordered.fault;
        int already = suffered.getOrDefault(fault.kind(), 0);
        if (!plan.admissible().allows(fault.kind(), already)) {
            return;
        }
        suffered.put(fault.kind(), already + 1);
        active.add(fault);
        ordered.strikes.add(inflicting.inflict(fault));
        if (ordered.healAfterNanos != Injection.NEVER) {
            after(ordered.healAfterNanos, () -> heal(fault, recurring));
        }
    }

    private void heal(Fault fault, @Nullable Recurring recurring) {
        if (!active.remove(fault)) {
            // All was healed together in the meantime.
            return;
        }
        healNow(fault);
        if (recurring != null && recurring.struck < recurring.fault.most() && !over) {
            schedule(recurring);
        }
    }

    private void healNow(Fault fault) {
        inflicting.heal(fault);
        healedAt = inflicting.now();
    }

    /** From now on nothing fails any more; returns when all that is broken is healed. */
    void end() {
        try {
            executor.submit(
                            () -> {
                                over = true;
                                List<Fault> broken = List.copyOf(active);
                                active.clear();
                                broken.forEach(this::healNow);
                            })
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new LiveFailure("cannot heal: " + e.getCause(), e);
        }
    }

    /**
     * What became of each fault of the plan: those planned, then those at random. Read after the
     * end.
     *
     * @param felt whether the strike of a number changed something
     */
    List<FaultTally> tallies(IntPredicate felt) {
        return Stream.concat(planned.stream(), random.stream())
                .map(ordered -> ordered.tally(felt))
                .toList();
    }

    /** When the last fault was healed; zero if nothing was ever broken. Read after the end. */
    long healedAt() {
        return healedAt;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
