package cairn.experiment.models;

import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Processes that all write their state to one shared file system, which gives each of those that
 * write at the moment the same share of its bandwidth. A checkpoint is complete when the last has
 * written; if none begins later than the others take, that is the sum of all states over the
 * bandwidth.
 */
final class SharedStorage implements Subject {

    /**
     * Who writes what.
     *
     * @param processes how many; 1,000
     * @param stateBytes of each; 1 GB
     * @param storageBytesPerNano of the file system, all together; 50 GB/s
     * @param spreadNanos each begins at a time drawn from so long; 0
     */
    record Settings(int processes, long stateBytes, double storageBytesPerNano, long spreadNanos) {

        static final Settings DEFAULT = new Settings(1_000, 1_000_000_000, 50, 0);

        Settings {
            if (processes < 1 || processes > 1_000_000 || stateBytes < 1) {
                throw new IllegalArgumentException(
                        "processes lies in [1, 1000000] and stateBytes is above zero: "
                                + processes
                                + ", "
                                + stateBytes);
            }
            if (!(storageBytesPerNano > 0) || spreadNanos < 0) {
                throw new IllegalArgumentException(
                        "storageBytesPerNano is above zero, spreadNanos zero or more: "
                                + storageBytesPerNano
                                + ", "
                                + spreadNanos);
            }
        }
    }

    private static final int BEGINS = 1;
    private static final int ENDS = 2;

    private final Settings settings;

    SharedStorage(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String promise() {
        return "Every process has written its state.";
    }

    @Override
    public String faults() {
        return "nothing goes wrong";
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        var kernel = new Kernel();
        var run = new Run(kernel, new Choice("begin", begins(), choices));
        return run.tally.run(kernel, () -> run.writing.isEmpty());
    }

    private Law begins() {
        return new Law.Uniform(0, settings.spreadNanos());
    }

    /**
     * One who writes.
     *
     * @param since when it began, in nanoseconds
     * @param until how much a process that writes from the beginning on has written when it is done
     */
    private record Writer(long since, double until) {}

    /** All have as much to write, so the first that began is the first that is done. */
    private final class Run implements LogicalProcess {

        private final Kernel kernel;
        private final int process;
        private final Tally tally = new Tally();
        private final ArrayDeque<Writer> writing = new ArrayDeque<>();
        private long at;
        private double written;
        private long next;

        Run(Kernel kernel, Choice begin) {
            this.kernel = kernel;
            this.process = kernel.register(this);
            for (int i = 0; i < settings.processes(); i++) {
                kernel.schedule(begin.ask(), process, BEGINS, i, null);
            }
        }

        @Override
        public void on(int kind, long argument, @Nullable Object payload) {
            if (!writing.isEmpty()) {
                written += (kernel.now() - at) * settings.storageBytesPerNano() / writing.size();
            }
            at = kernel.now();
            if (kind == BEGINS) {
                writing.add(new Writer(at, written + settings.stateBytes()));
            } else {
                Writer done = writing.remove();
                // Times are whole nanoseconds; what is over is less than one of them.
                written = done.until();
                tally.request(at - done.since());
                tally.checkpoint(settings.stateBytes());
            }
            proceed();
        }

        private void proceed() {
            kernel.cancel(next);
            Writer first = writing.peek();
            if (first != null) {
                double share = settings.storageBytesPerNano() / writing.size();
                long nanos = (long) Math.ceil((first.until() - written) / share);
                next = kernel.schedule(at + nanos, process, ENDS, 0, null);
            }
        }
    }
}
