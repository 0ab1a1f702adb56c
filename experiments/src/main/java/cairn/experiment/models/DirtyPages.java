package cairn.experiment.models;

import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.function.Consumer;

/**
 * The size of an incremental checkpoint: pages that were written at least once between two of them.
 * W uniform writes over N pages leave N (1 - (1 - 1/N)^W) on average.
 */
final class DirtyPages implements Subject {

    private static final int PAGE_BYTES = 4_096;

    /**
     * What is written.
     *
     * @param pages how many there are; 65,536, which are 256 MiB
     * @param writes how many between two checkpoints; 65,536
     * @param hotShare of the writes that go to hot pages; 0
     * @param hotPages how many pages are hot, the first ones; 6,553
     * @param checkpoints how many are taken; 1
     */
    record Settings(int pages, int writes, double hotShare, int hotPages, int checkpoints) {

        static final Settings DEFAULT = new Settings(65_536, 65_536, 0, 6_553, 1);

        Settings {
            if (pages < 2 || writes < 1 || checkpoints < 1 || pages > 1 << 26) {
                throw new IllegalArgumentException(
                        "pages lies in [2, 2^26], writes and checkpoints are above zero: "
                                + pages
                                + ", "
                                + writes
                                + ", "
                                + checkpoints);
            }
            if (!(hotShare >= 0 && hotShare <= 1) || hotPages < 1 || hotPages >= pages) {
                throw new IllegalArgumentException(
                        "hotShare lies in [0, 1] and hotPages in [1, pages): "
                                + hotShare
                                + ", "
                                + hotPages);
            }
        }
    }

    private final Settings settings;

    DirtyPages(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String promise() {
        return "A checkpoint holds each page that was written since the one before.";
    }

    @Override
    public String faults() {
        return "nothing goes wrong";
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        var kernel = new Kernel();
        var run = new Run(kernel, choices);
        kernel.schedule(0, run.process, 0, 0, null);
        return run.tally.run(kernel, () -> true);
    }

    private final class Run implements LogicalProcess {

        private final Kernel kernel;
        private final Choice hot;
        private final Choice hotPage;
        private final Choice coldPage;
        private final int process;
        private final Tally tally = new Tally();

        Run(Kernel kernel, Choices choices) {
            this.kernel = kernel;
            this.process = kernel.register(this);
            this.hot = new Choice("hot write", new Law.Chance(settings.hotShare()), choices);
            this.hotPage = new Choice("hot page", new Law.Pick(settings.hotPages()), choices);
            int cold =
                    settings.hotShare() == 0
                            ? settings.pages()
                            : settings.pages() - settings.hotPages();
            this.coldPage = new Choice("page", new Law.Pick(cold), choices);
        }

        @Override
        public void on(int kind, long taken, @Nullable Object payload) {
            var dirty = new BitSet(settings.pages());
            for (int i = 0; i < settings.writes(); i++) {
                dirty.set(page());
            }
            tally.checkpoint((long) dirty.cardinality() * PAGE_BYTES);
            tally.request(0);
            if (taken + 1 < settings.checkpoints()) {
                kernel.schedule(kernel.now() + 1, process, 0, taken + 1, null);
            }
        }

        private int page() {
            if (settings.hotShare() == 0) {
                return (int) coldPage.ask();
            }
            return (int) (hot.happens() ? hotPage.ask() : settings.hotPages() + coldPage.ask());
        }
    }
}
