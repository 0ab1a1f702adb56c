package cairn.experiment.models;

import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choices;
import cairn.protocol.redundancy.GroupLayout;
import cairn.protocol.redundancy.RedundancySettings;
import cairn.protocol.redundancy.RedundancySettings.Scheme;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Checkpoints of one group on node-local stores, in the steps of SCR's redundancy schemes: each
 * process writes its image; unless the scheme keeps nothing for others, it then reads it back,
 * sends it, and writes what it keeps for others once all have sent. A store does one thing at a
 * time, reads as fast as it writes, and combining what arrives takes no time.
 *
 * <p>The bytes are those of the layout that the protocol {@code redundancy} works with.
 */
final class RedundancyCost implements Subject {

    /**
     * What is kept and how fast.
     *
     * @param scheme what processes keep for each other; partner
     * @param groupSize how many keep it for each other; 4
     * @param tolerated Reed-Solomon: how many may be lost; 2
     * @param imageBytes of one process; 420 MB
     * @param storeBytesPerNano of each store, reading or writing; 1 GB/s
     * @param networkBytesPerNano of each process, sending; zero for a network that costs nothing
     * @param checkpoints how many; 1
     */
    record Settings(
            Scheme scheme,
            int groupSize,
            int tolerated,
            int imageBytes,
            double storeBytesPerNano,
            double networkBytesPerNano,
            int checkpoints) {

        static final Settings DEFAULT = new Settings(Scheme.PARTNER, 4, 2, 420_000_000, 1, 0, 1);

        Settings {
            if (!(storeBytesPerNano > 0) || !(networkBytesPerNano >= 0)) {
                throw new IllegalArgumentException(
                        "storeBytesPerNano is above zero, networkBytesPerNano zero or more: "
                                + storeBytesPerNano
                                + ", "
                                + networkBytesPerNano);
            }
            if (checkpoints < 1) {
                throw new IllegalArgumentException("checkpoints is above zero: " + checkpoints);
            }
        }
    }

    private static final int WRITTEN = 1;
    private static final int READ = 2;
    private static final int SENT = 3;
    private static final int KEPT = 4;

    private final Settings settings;
    private final GroupLayout layout;

    RedundancyCost(Settings settings) {
        this.settings = settings;
        RedundancySettings usual = RedundancySettings.DEFAULT;
        this.layout =
                new GroupLayout(
                        new RedundancySettings(
                                settings.scheme(),
                                settings.groupSize(),
                                settings.tolerated(),
                                usual.ranksPerDomain(),
                                usual.holdsOutputs(),
                                usual.intervalNanos(),
                                usual.retryNanos()),
                        settings.imageBytes());
    }

    @Override
    public String promise() {
        return "Each process of the group has written its image and what it keeps for others.";
    }

    @Override
    public String faults() {
        return "nothing goes wrong";
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        var kernel = new Kernel();
        var run = new Run(kernel);
        run.begin();
        return run.tally.run(kernel, () -> run.done == settings.checkpoints());
    }

    private final class Run implements LogicalProcess {

        private final Kernel kernel;
        private final int process;
        private final Tally tally = new Tally();
        private long began;
        private int sent;
        private int kept;
        private int done;

        Run(Kernel kernel) {
            this.kernel = kernel;
            this.process = kernel.register(this);
        }

        void begin() {
            began = kernel.now();
            sent = 0;
            kept = 0;
            for (int rank = 0; rank < settings.groupSize(); rank++) {
                after(settings.imageBytes(), settings.storeBytesPerNano(), WRITTEN, rank);
            }
        }

        private void after(long bytes, double bytesPerNano, int kind, long rank) {
            long nanos = bytesPerNano == 0 ? 0 : Math.round(bytes / bytesPerNano);
            kernel.schedule(kernel.now() + nanos, process, kind, rank, null);
        }

        @Override
        public void on(int kind, long rank, @Nullable Object payload) {
            int member = Math.toIntExact(rank);
            switch (kind) {
                case WRITTEN -> {
                    if (settings.scheme() == Scheme.SINGLE) {
                        kept(member);
                    } else {
                        after(settings.imageBytes(), settings.storeBytesPerNano(), READ, rank);
                    }
                }
                case READ ->
                        after(layout.sentBytes(member), settings.networkBytesPerNano(), SENT, rank);
                case SENT -> sent(member);
                case KEPT -> kept(member);
                default -> throw new IllegalStateException("not scheduled: " + kind);
            }
        }

        /** What is kept for others is complete when all of them have sent. */
        private void sent(int member) {
            tally.sent(layout.sentBytes(member));
            sent++;
            if (sent == settings.groupSize()) {
                for (int rank = 0; rank < settings.groupSize(); rank++) {
                    after(
                            layout.storedBytes(rank) - settings.imageBytes(),
                            settings.storeBytesPerNano(),
                            KEPT,
                            rank);
                }
            }
        }

        private void kept(int member) {
            tally.checkpoint(layout.storedBytes(member));
            kept++;
            if (kept == settings.groupSize()) {
                tally.request(kernel.now() - began);
                done++;
                if (done < settings.checkpoints()) {
                    begin();
                }
            }
        }
    }
}
