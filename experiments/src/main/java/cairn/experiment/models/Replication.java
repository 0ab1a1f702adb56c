package cairn.experiment.models;

import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Writes to several replicas in parallel, one after the other, each of which answers after a floor
 * and an exponential time. Waiting for all of k takes floor + mean H(k) on average, H being the
 * harmonic numbers; for the first, floor + mean / k.
 */
final class Replication implements Subject {

    /**
     * What is repeated.
     *
     * @param replicas how many; 3
     * @param floorNanos what each takes at least; 10 us
     * @param meanNanos what it takes beyond that on average; 5 us
     * @param waitForAll whether a write is done when all have answered, and not when one has
     * @param writes how many; 1,000
     */
    record Settings(int replicas, long floorNanos, long meanNanos, boolean waitForAll, int writes) {

        static final Settings DEFAULT = new Settings(3, 10_000, 5_000, true, 1_000);

        Settings {
            if (replicas < 1 || replicas > 1_000 || writes < 1) {
                throw new IllegalArgumentException(
                        "replicas lies in [1, 1000] and writes is above zero: "
                                + replicas
                                + ", "
                                + writes);
            }
            if (floorNanos < 0 || meanNanos < 0) {
                throw new IllegalArgumentException(
                        "floorNanos and meanNanos must not be negative: "
                                + floorNanos
                                + ", "
                                + meanNanos);
            }
        }
    }

    private final Settings settings;

    Replication(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String promise() {
        return "A write is done when "
                + (settings.waitForAll() ? "all replicas have" : "one replica has")
                + " answered.";
    }

    @Override
    public String faults() {
        return "nothing goes wrong";
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        var kernel = new Kernel();
        var run = new Run(kernel, choices);
        run.write();
        return run.tally.run(kernel, () -> run.done == settings.writes());
    }

    private final class Run implements LogicalProcess {

        private final Kernel kernel;
        private final Choice[] delays = new Choice[settings.replicas()];
        private final int process;
        private final Tally tally = new Tally();
        private long began;
        private int answers;
        private int done;

        Run(Kernel kernel, Choices choices) {
            this.kernel = kernel;
            this.process = kernel.register(this);
            Law law = new Law.Exponential(settings.floorNanos(), (double) settings.meanNanos());
            for (int i = 0; i < delays.length; i++) {
                delays[i] = new Choice("delay replica-" + (i + 1), law, choices);
            }
        }

        void write() {
            began = kernel.now();
            answers = 0;
            for (Choice delay : delays) {
                kernel.schedule(kernel.now() + delay.ask(), process, 0, done, null);
            }
        }

        @Override
        public void on(int kind, long write, @Nullable Object payload) {
            if (write != done) {
                // An answer that nobody waited for any more.
                return;
            }
            answers++;
            if (!settings.waitForAll() || answers == settings.replicas()) {
                tally.request(kernel.now() - began);
                done++;
                if (done < settings.writes()) {
                    write();
                }
            }
        }
    }
}
