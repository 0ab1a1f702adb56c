package cairn.simulator;

import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.service.Operation;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Carries out what a conductor decides, and tells it what happens. */
final class Direction implements Stage, LogicalProcess {

    private static final int BEGIN = 0;
    private static final int WAKE = 1;

    private final Kernel kernel;
    private final Conductor conductor;
    private final List<? extends Machine<?>> clients;
    private final Operation[] wishes;
    private final int firstClient;
    private final Injector injector;
    private final int process;

    /**
     * A direction of some clients, the last machines of a run.
     *
     * @param firstClient the index of the first one's node
     */
    Direction(
            Kernel kernel,
            Conductor conductor,
            List<? extends Machine<?>> clients,
            int firstClient,
            Operation[] wishes,
            Injector injector) {
        this.kernel = kernel;
        this.conductor = conductor;
        this.clients = clients;
        this.firstClient = firstClient;
        this.wishes = wishes;
        this.injector = injector;
        this.process = kernel.register(this);
    }

    /** To be called when all machines are scheduled to start. */
    void start() {
        kernel.schedule(0, process, BEGIN, 0, null);
    }

    void observe(Observation observation) {
        if (observation instanceof Observation.Answered(long _, var response)) {
            conductor.answered(response.client().index() - firstClient, response.result());
        }
    }

    boolean isOver() {
        return conductor.isOver();
    }

    @Override
    public void on(int kind, long argument, @Nullable Object payload) {
        switch (kind) {
            case BEGIN -> conductor.begin(this);
            case WAKE -> conductor.woken(argument);
            default -> throw new IllegalStateException("unknown kind of event: " + kind);
        }
    }

    @Override
    public long now() {
        return kernel.now();
    }

    @Override
    public long wakeAt(long nanos, long token) {
        return kernel.schedule(nanos, process, WAKE, token, null);
    }

    @Override
    public void forget(long ticket) {
        kernel.cancel(ticket);
    }

    @Override
    public void ask(int client, Operation operation) {
        wishes[client] = operation;
        kernel.schedule(kernel.now(), clients.get(client).process(), Machine.DIRECTED, 0, null);
    }

    @Override
    public boolean strike(Fault fault) {
        return injector.strike(fault);
    }

    @Override
    public void heal(Fault fault) {
        injector.heal(fault);
    }
}
