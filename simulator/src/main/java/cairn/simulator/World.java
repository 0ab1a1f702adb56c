package cairn.simulator;

import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.choice.Choices;
import cairn.model.fault.Moment;
import cairn.simulator.Trace.Step;
import cairn.simulator.disk.SharedDevice;
import cairn.simulator.kernel.Cores;
import cairn.simulator.kernel.Kernel;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What all machines of one run share: time, choices, and those who watch. */
final class World {

    private final Kernel kernel;
    private final Choices choices;
    private final Environment environment;
    private final Cores cores;
    private final SharedDevice device;
    private final Observer[] observers;
    private boolean observing;
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
        this.cores = new Cores(environment.host().cores());
        HostCosts host = environment.host();
        this.device = new SharedDevice(cores, host.syncCoreNanos(), host.syncNanos());
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

    /** The cores that all machines share, if they do. */
    Cores cores() {
        return cores;
    }

    /** What the disks of all machines lie on. */
    SharedDevice device() {
        return device;
    }

    /**
     * When a message that could be sent or taken in at a time has been: its way through a core of
     * the host is behind it.
     *
     * @param follows whether its process is just done with another
     */
    long handled(long from, boolean follows) {
        if (!cores.areShared()) {
            return from;
        }
        HostCosts host = environment.host();
        return follows
                ? cores.done(from, host.followingNanos())
                : cores.done(from, host.messageNanos(), host.afterNanos());
    }

    /** When work is done that a process does by itself from a time on. */
    long computed(long from, long nanos) {
        return nanos == 0 ? from : cores.done(from, nanos);
    }

    /**
     * When a process that has something to say of itself at a time has said it to those who watch.
     * They take a core for as long, for which it does not wait.
     */
    long reported(long from) {
        long nanos = environment.host().reportNanos();
        if (!cores.areShared() || nanos == 0) {
            return from;
        }
        return cores.done(from, nanos, nanos);
    }

    void injector(Injector watching) {
        this.injector = watching;
    }

    void observe(Observation observation) {
        observing = true;
        for (Observer observer : observers) {
            observer.on(observation);
        }
        if (trace != null) {
            trace.on(observation);
        }
        observing = false;
    }

    /** Whether an observer is at work; once one has thrown, for ever. */
    boolean isObserving() {
        return observing;
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
