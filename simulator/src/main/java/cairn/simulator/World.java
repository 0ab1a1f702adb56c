package cairn.simulator;

import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.choice.Choices;
import cairn.model.fault.Moment;
import cairn.simulator.Trace.Step;
import cairn.simulator.kernel.Kernel;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What all machines of one run share: time, choices, and those who watch. */
final class World {

    private final Kernel kernel;
    private final Choices choices;
    private final Environment environment;
    private final Observer[] observers;
    private final @Nullable Trace trace;
    private @Nullable Injector injector;

    World(
            Kernel kernel,
            Choices choices,
            Environment environment,
            List<? extends Observer> observers,
            @Nullable Trace trace) {
        this.kernel = kernel;
        this.choices = choices;
        this.environment = environment;
        this.observers = observers.toArray(new Observer[0]);
        this.trace = trace;
    }

    Kernel kernel() {
        return kernel;
    }

    Choices choices() {
        return choices;
    }

    Environment environment() {
        return environment;
    }

    void injector(Injector watching) {
        this.injector = watching;
    }

    void observe(Observation observation) {
        for (Observer observer : observers) {
            observer.on(observation);
        }
        if (trace != null) {
            trace.on(observation);
        }
    }

    /** Tells a recorder; costs a comparison when there is none. */
    void step(Step step, int node, int peer, @Nullable Object what) {
        if (trace != null) {
            trace.step(kernel.now(), step, node, peer, what);
        }
    }

    /** Counts a moment that a fault may wait for. */
    void moment(Moment moment, int node) {
        if (injector != null) {
            injector.moment(moment, node);
        }
    }
}
