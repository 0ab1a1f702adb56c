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
 * Messages over a link that loses them and their acknowledgements, each with probability p: a
 * sender keeps a message until it is acknowledged and sends it again after a timeout; a receiver
 * acknowledges every copy, duplicates too (DJ-9 to DJ-11). A message is sent 1/(1-p)^2 times and
 * received p/(1-p) times too often on average. If duplicates are dropped in silence, a message
 * whose first acknowledgement is lost is never acknowledged: a share p of all is stuck.
 *
 * <p>Sends are counted as bytes on the network, one for each; copies that arrive as bytes of stable
 * storage, one for each.
 */
final class LossyLink implements Subject {

    /**
     * What is sent.
     *
     * @param loss of messages and of acknowledgements; 10 %
     * @param acknowledgeDuplicates whether the receiver acknowledges a copy of what it has; UNSAFE
     *     if not
     * @param roundTripNanos there and back; 100 us
     * @param timeoutNanos after which a message is sent again; 1 ms
     * @param messages how many; 1,000
     * @param mostSends after how many sends of a message it counts as stuck; 200
     */
    record Settings(
            double loss,
            boolean acknowledgeDuplicates,
            long roundTripNanos,
            long timeoutNanos,
            int messages,
            int mostSends) {

        static final Settings DEFAULT = new Settings(0.1, true, 100_000, 1_000_000, 1_000, 200);

        Settings {
            if (!(loss >= 0 && loss < 1)) {
                throw new IllegalArgumentException("loss is a probability below 1: " + loss);
            }
            if (roundTripNanos < 0 || timeoutNanos <= roundTripNanos) {
                throw new IllegalArgumentException(
                        "timeoutNanos is longer than roundTripNanos: "
                                + timeoutNanos
                                + ", "
                                + roundTripNanos);
            }
            if (messages < 1 || mostSends < 1) {
                throw new IllegalArgumentException(
                        "messages and mostSends are above zero: " + messages + ", " + mostSends);
            }
        }
    }

    private static final int ACKNOWLEDGED = 1;
    private static final int TIMED_OUT = 2;

    private final Settings settings;

    LossyLink(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String promise() {
        return settings.acknowledgeDuplicates()
                ? "Every message is acknowledged at last."
                : "UNSAFE: a duplicate is dropped in silence.";
    }

    @Override
    public String faults() {
        return "messages and acknowledgements are lost";
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        var kernel = new Kernel();
        var run = new Run(kernel, choices);
        run.next();
        return run.tally.run(kernel, () -> run.stuck == 0);
    }

    private final class Run implements LogicalProcess {

        private final Kernel kernel;
        private final Choice dataLoss;
        private final Choice ackLoss;
        private final int process;
        private final Tally tally = new Tally();
        private int sent;
        private int stuck;
        private long began;
        private int copies;
        private int sends;

        Run(Kernel kernel, Choices choices) {
            this.kernel = kernel;
            this.process = kernel.register(this);
            this.dataLoss =
                    new Choice("loss of a message", new Law.Chance(settings.loss()), choices);
            this.ackLoss =
                    new Choice(
                            "loss of an acknowledgement", new Law.Chance(settings.loss()), choices);
        }

        void next() {
            if (sent == settings.messages()) {
                return;
            }
            sent++;
            began = kernel.now();
            copies = 0;
            sends = 0;
            send();
        }

        private void send() {
            sends++;
            tally.sent(1);
            boolean arrives = !dataLoss.happens();
            if (arrives) {
                copies++;
            }
            boolean answered =
                    arrives
                            && (copies == 1 || settings.acknowledgeDuplicates())
                            && !ackLoss.happens();
            if (answered) {
                kernel.schedule(
                        kernel.now() + settings.roundTripNanos(),
                        process,
                        ACKNOWLEDGED,
                        sent,
                        null);
            } else {
                kernel.schedule(
                        kernel.now() + settings.timeoutNanos(), process, TIMED_OUT, sent, null);
            }
        }

        @Override
        public void on(int kind, long message, @Nullable Object payload) {
            if (kind == ACKNOWLEDGED) {
                tally.request(kernel.now() - began);
                tally.checkpoint(copies);
                next();
            } else if (sends < settings.mostSends()) {
                send();
            } else {
                stuck++;
                next();
            }
        }
    }
}
