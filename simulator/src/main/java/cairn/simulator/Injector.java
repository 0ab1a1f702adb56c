package cairn.simulator;

import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.fault.Spread;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.fault.FaultTally;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;

/**
 * Makes things go wrong: at times, at moments, and at times asked of the choices; and heals them
 * again. What is to go wrong is a plan; how, is the driver's.
 */
public final class Injector implements LogicalProcess {

    private static final int STRIKE = 0;
    private static final int HEAL = 1;
    private static final int STRIKE_AT_RANDOM = 2;

    private final Kernel kernel;
    private final Observer observer;
    private final Inflicting inflicting;
    private final int process;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Strike> active = new ArrayList<>();
    private final EnumSet<Moment> awaited = EnumSet.noneOf(Moment.class);
    private final Admissible admissible;
    private final EnumMap<FaultKind, Integer> suffered = new EnumMap<>(FaultKind.class);
    private final List<Spreading> spreading = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private boolean over;
    private long healedAt;

    /** Carries faults out. */
    public interface Inflicting {
        void strike(Fault fault);

        /** Ends a fault that is not of a domain. */
        void heal(Fault fault);

        /**
         * How often something has gone otherwise so far in the way of a fault, at its places,
         * whichever strike of it was the cause.
         */
        long effects(Fault fault);

        /** Gives power back to a machine of a domain that lost it. */
        void powerOn(NodeId node);
    }

    /** A fault that waits for a moment. */
    private static final class Waiting {
        private final Trigger.OnMoment trigger;
        private final Injection injection;
        private final Order order;
        private long seen;

        Waiting(Trigger.OnMoment trigger, Injection injection, Order order) {
            this.trigger = trigger;
            this.injection = injection;
            this.order = order;
        }
    }

    /** What became of one fault of the plan so far. */
    private static final class Order {
        private long came;
        private long struck;
        private long effective;
    }

    /** What a fault may cause, and the choice that is asked each time. */
    private record Spreading(Spread spread, Choice delay) {}

    /** A random fault and how often it struck. */
    private static final class Recurring {
        private final RandomFault fault;
        private final Choice gap;
        private final Order order;
        private int struck;

        Recurring(RandomFault fault, Choice gap, Order order) {
            this.fault = fault;
            this.gap = gap;
            this.order = order;
        }
    }

    /** One strike that may have to come again, and how many machines of its domain are back. */
    private static final class Strike {
        private final Fault fault;
        private final long healAfterNanos;
        private final Order order;
        private final @Nullable Recurring recurring;
        private long effectsBefore;
        private int back;

        Strike(Fault fault, long healAfterNanos, Order order, @Nullable Recurring recurring) {
            this.fault = fault;
            this.healAfterNanos = healAfterNanos;
            this.order = order;
            this.recurring = recurring;
        }
    }

    /** What goes wrong in one run; who observes is told when it strikes and when it is healed. */
    public Injector(
            Kernel kernel,
            Choices choices,
            Observer observer,
            FaultPlan plan,
            Inflicting inflicting) {
        this.kernel = kernel;
        this.observer = observer;
        this.inflicting = inflicting;
        this.process = kernel.register(this);
        this.admissible = plan.admissible();
        for (Injection injection : plan.planned()) {
            Order order = ordered();
            switch (injection.when()) {
                case Trigger.At(long nanos) ->
                        kernel.schedule(nanos, process, STRIKE, 0, strike(injection, order));
                case Trigger.OnMoment moment -> {
                    waiting.add(new Waiting(moment, injection, order));
                    awaited.add(moment.moment());
                }
            }
        }
        for (Spread spread : plan.spreads()) {
            spreading.add(new Spreading(spread, new Choice(spread.name(), spread.law(), choices)));
        }
        for (RandomFault fault : plan.random()) {
            schedule(
                    new Recurring(
                            fault,
                            new Choice(fault.name(), new Law.Occurs(fault.gapNanos()), choices),
                            ordered()));
        }
    }

    private Order ordered() {
        Order order = new Order();
        orders.add(order);
        return order;
    }

    private static Strike strike(Injection injection, Order order) {
        return new Strike(injection.fault(), injection.healAfterNanos(), order, null);
    }

    private void schedule(Recurring recurring) {
        long gap = recurring.gap.ask();
        long at = kernel.now() + gap;
        if (gap != Law.Occurs.NEVER && at >= 0 && at != Long.MAX_VALUE) {
            kernel.schedule(at, process, STRIKE_AT_RANDOM, 0, recurring);
        }
    }

    /** Something happened that a fault may wait for. */
    public void moment(Moment moment, int node) {
        if (!awaited.contains(moment) || over) {
            return;
        }
        for (Waiting candidate : waiting) {
            if (matches(candidate.trigger, moment, node)
                    && ++candidate.seen == candidate.trigger.count()) {
                kernel.schedule(
                        kernel.now(),
                        process,
                        STRIKE,
                        0,
                        strike(candidate.injection, candidate.order));
            }
        }
    }

    private static boolean matches(Trigger.OnMoment trigger, Moment moment, int node) {
        return trigger.moment() == moment
                && (trigger.node() == null || trigger.node().index() == node);
    }

    @Override
    public void on(int kind, long argument, @Nullable Object payload) {
        switch (kind) {
            case STRIKE -> inflict((Strike) required(payload));
            case STRIKE_AT_RANDOM -> {
                Recurring recurring = (Recurring) required(payload);
                recurring.struck++;
                RandomFault fault = recurring.fault;
                inflict(
                        new Strike(
                                fault.fault(), fault.healAfterNanos(), recurring.order, recurring));
            }
            case HEAL -> heal((Strike) required(payload));
            default -> throw new IllegalStateException("unknown kind of event: " + kind);
        }
    }

    private static Object required(@Nullable Object payload) {
        if (payload == null) {
            throw new IllegalStateException("an event of the injector carries what is to be done");
        }
        return payload;
    }

    /** Strikes now, as somebody outside of the run wants; false if the plan does not admit it. */
    boolean strike(Fault fault) {
        return inflict(new Strike(fault, Injection.NEVER, new Order(), null));
    }

    /** Heals what {@link #strike} did, unless that was healed in the meantime. */
    void heal(Fault fault) {
        active.stream()
                .filter(strike -> strike.fault.equals(fault))
                .findFirst()
                .ifPresent(this::heal);
    }

    private boolean inflict(Strike strike) {
        Fault fault = strike.fault;
        int already = suffered.getOrDefault(fault.kind(), 0);
        if (over) {
            return false;
        }
        strike.order.came++;
        if (!admissible.allows(fault.kind(), already)) {
            return false;
        }
        strike.order.struck++;
        strike.effectsBefore = inflicting.effects(fault);
        suffered.put(fault.kind(), already + 1);
        active.add(strike);
        observer.on(new Observation.Struck(kernel.now(), fault));
        inflicting.strike(fault);
        spread(fault);
        if (strike.healAfterNanos != Injection.NEVER) {
            kernel.schedule(kernel.now() + strike.healAfterNanos, process, HEAL, 0, strike);
        }
        return true;
    }

    /** Asks what follows; an effect that lasts already is not caused once more. */
    private void spread(Fault cause) {
        for (Spreading each : spreading) {
            Spread spread = each.spread;
            if (spread.cause().equals(cause)
                    && active.stream().noneMatch(one -> one.fault.equals(spread.effect()))) {
                long delay = each.delay.ask();
                if (delay != Law.Occurs.NEVER) {
                    kernel.schedule(
                            kernel.now() + delay,
                            process,
                            STRIKE,
                            0,
                            new Strike(
                                    spread.effect(), spread.healAfterNanos(), new Order(), null));
                }
            }
        }
    }

    private void heal(Strike strike) {
        if (!active.contains(strike)) {
            // All was healed together in the meantime.
            return;
        }
        if (strike.fault instanceof Fault.OfDomain domain
                && strike.back < domain.nodes().size() - 1) {
            inflicting.powerOn(domain.nodes().get(strike.back++));
            kernel.schedule(kernel.now() + domain.staggerNanos(), process, HEAL, 0, strike);
            return;
        }
        active.remove(strike);
        healNow(strike);
        Recurring recurring = strike.recurring;
        if (recurring != null && recurring.struck < recurring.fault.most() && !over) {
            schedule(recurring);
        }
    }

    private void healNow(Strike strike) {
        healedAt = kernel.now();
        observer.on(new Observation.Healed(healedAt, strike.fault));
        if (strike.fault instanceof Fault.OfDomain domain) {
            List<NodeId> nodes = domain.nodes();
            nodes.subList(strike.back, nodes.size()).forEach(inflicting::powerOn);
        } else {
            inflicting.heal(strike.fault);
        }
        strike.order.effective += hadEffect(strike) ? 1 : 0;
    }

    private boolean hadEffect(Strike strike) {
        return inflicting.effects(strike.fault) > strike.effectsBefore;
    }

    /** What became of each fault of the plan so far: those planned, then those at random. */
    public List<FaultTally> tallies() {
        return orders.stream().map(this::tally).toList();
    }

    private FaultTally tally(Order order) {
        // What lasts still has its effects already.
        long lasting =
                active.stream().filter(one -> one.order == order).filter(this::hadEffect).count();
        return new FaultTally(order.came, order.struck, order.effective + lasting);
    }

    /** From now on nothing fails any more, and all that is broken is healed. */
    public void endFaults() {
        over = true;
        List<Strike> broken = List.copyOf(active);
        active.clear();
        broken.forEach(this::healNow);
    }

    /** When the last fault was healed; zero if nothing was ever broken. */
    public long healedAt() {
        return healedAt;
    }
}
