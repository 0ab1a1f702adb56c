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
 * How long a segment lasts that was acknowledged by an origin and its replicas. When the origin
 * fails, a replica takes its place and all is copied again, which takes a window; if all replicas
 * fail within it, the segment is lost. With lives of exponential length, mean m, that is so with
 * probability P = (1 - exp(-w/m))^k after each failure of the origin: a rate of about (w/m)^k / m.
 *
 * <p>Some failures of the origin are failures of its rack, which take the replicas there at the
 * same moment; then P is that of those elsewhere.
 *
 * <p>Each segment that is lost counts as a request that took so long.
 */
final class ReplicaLoss implements Subject {

    /**
     * What fails and how often.
     *
     * @param replicas how many besides the origin; 2
     * @param inRack how many of them share the origin's rack; 0
     * @param lifeNanos how long a node lasts on average; 1 h
     * @param windowNanos how long it takes to copy again what a failed node held; 3 min
     * @param rackShare of the origin's failures that are those of its rack; 0
     * @param losses how many segments are followed to their end, one after the other; 20
     */
    record Settings(
            int replicas,
            int inRack,
            long lifeNanos,
            long windowNanos,
            double rackShare,
            int losses) {

        static final Settings DEFAULT =
                new Settings(2, 0, 3_600_000_000_000L, 180_000_000_000L, 0, 20);

        Settings {
            if (replicas < 1 || replicas > 100 || inRack < 0 || inRack > replicas) {
                throw new IllegalArgumentException(
                        "replicas lies in [1, 100], inRack is no more than that: "
                                + replicas
                                + ", "
                                + inRack);
            }
            if (lifeNanos < 1 || windowNanos < 1 || losses < 1) {
                throw new IllegalArgumentException(
                        "lifeNanos, windowNanos and losses are above zero: "
                                + lifeNanos
                                + ", "
                                + windowNanos
                                + ", "
                                + losses);
            }
            if (!(rackShare >= 0 && rackShare <= 1)) {
                throw new IllegalArgumentException("rackShare lies in [0, 1]: " + rackShare);
            }
        }
    }

    private static final int ORIGIN_FAILS = 1;
    private static final int REPLICA_FAILS = 2;
    private static final int COPIED = 3;

    private final Settings settings;

    ReplicaLoss(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String promise() {
        return "A segment lasts as long as one of its copies.";
    }

    @Override
    public String faults() {
        return "nodes fail, and racks";
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        var kernel = new Kernel();
        var run = new Run(kernel, choices);
        run.whole();
        while (run.lost < settings.losses() && kernel.step()) {
            // All happens in events.
        }
        return run.tally.outcome(kernel, run.lost == settings.losses());
    }

    private final class Run implements LogicalProcess {

        private final Kernel kernel;
        private final int process;
        private final Choice life;
        private final Choice replicaLife;
        private final Choice rack;
        private final long[] failures = new long[settings.replicas()];
        private final Tally tally = new Tally();
        private long acknowledged;
        private long copied;
        private int left;
        private int lost;

        Run(Kernel kernel, Choices choices) {
            this.kernel = kernel;
            this.process = kernel.register(this);
            Law lasts = new Law.Exponential(0, (double) settings.lifeNanos());
            this.life = new Choice("life of the origin", lasts, choices);
            this.replicaLife = new Choice("life of a replica", lasts, choices);
            this.rack = new Choice("rack", new Law.Chance(settings.rackShare()), choices);
        }

        /** Origin and replicas all hold the segment. */
        void whole() {
            kernel.schedule(kernel.now() + life.ask(), process, ORIGIN_FAILS, 0, null);
        }

        @Override
        public void on(int kind, long argument, @Nullable Object payload) {
            switch (kind) {
                case ORIGIN_FAILS -> originFails();
                case REPLICA_FAILS -> replicaFails();
                case COPIED -> copied();
                default -> throw new IllegalStateException("not scheduled: " + kind);
            }
        }

        /** A life has no memory: what is left of a replica's has the law of a whole one. */
        private void originFails() {
            boolean ofRack = rack.happens();
            left = settings.replicas();
            copied =
                    kernel.schedule(
                            kernel.now() + settings.windowNanos(), process, COPIED, 0, null);
            for (int i = 0; i < settings.replicas(); i++) {
                long lasts = replicaLife.ask();
                long at = kernel.now() + (ofRack && i < settings.inRack() ? 0 : lasts);
                failures[i] = kernel.schedule(at, process, REPLICA_FAILS, i, null);
            }
        }

        private void copied() {
            for (long failure : failures) {
                kernel.cancel(failure);
            }
            whole();
        }

        private void replicaFails() {
            left--;
            if (left == 0) {
                kernel.cancel(copied);
                tally.request(kernel.now() - acknowledged);
                acknowledged = kernel.now();
                lost++;
                whole();
            }
        }
    }
}
