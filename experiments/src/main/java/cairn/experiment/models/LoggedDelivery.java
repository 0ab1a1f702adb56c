package cairn.experiment.models;

import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choices;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Messages to a receiver that logs each before it is delivered (receiver-based pessimistic
 * logging). Ping-pong: the answer is a message too, so a turn takes twice L + t, L being the way
 * and t the log. A stream: so many messages may be under way, and the sender is busy with each for
 * s, so that min(1/s, w/(2 L + t)) are delivered in a unit of time.
 */
final class LoggedDelivery implements Subject {

    /** What is exchanged. */
    enum Exchange {
        /** A message, and its answer, one after the other. */
        PING_PONG,
        /** Messages in one direction, of which so many may not have been acknowledged. */
        STREAM
    }

    /**
     * What is sent and logged.
     *
     * @param exchange ping-pong or stream; ping-pong
     * @param wayNanos from one to the other; 10 us
     * @param logNanos how long a message is logged; 5 us
     * @param serviceNanos stream: how long the sender is busy with a message; 1 us
     * @param window stream: how many may be under way; 8
     * @param messages how many, or how many turns; 10,000
     */
    record Settings(
            Exchange exchange,
            long wayNanos,
            long logNanos,
            long serviceNanos,
            int window,
            int messages) {

        static final Settings DEFAULT =
                new Settings(Exchange.PING_PONG, 10_000, 5_000, 1_000, 8, 10_000);

        Settings {
            if (wayNanos < 0 || logNanos < 0 || serviceNanos < 0) {
                throw new IllegalArgumentException(
                        "wayNanos, logNanos and serviceNanos are zero or more: "
                                + wayNanos
                                + ", "
                                + logNanos
                                + ", "
                                + serviceNanos);
            }
            if (window < 1 || messages < 1) {
                throw new IllegalArgumentException(
                        "window and messages are above zero: " + window + ", " + messages);
            }
        }
    }

    private static final int ARRIVED = 1;
    private static final int LOGGED = 2;
    private static final int ANSWER_ARRIVED = 3;
    private static final int ANSWERED = 4;

    private final Settings settings;

    LoggedDelivery(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String promise() {
        return "No message is delivered before it is logged.";
    }

    @Override
    public String faults() {
        return "nothing goes wrong";
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        var kernel = new Kernel();
        var run = new Run(kernel);
        run.send();
        return run.tally.run(kernel, () -> run.answered == settings.messages());
    }

    private final class Run implements LogicalProcess {

        private final Kernel kernel;
        private final int process;
        private final Tally tally = new Tally();
        private final long[] begun = new long[settings.messages()];
        private final boolean stream = settings.exchange() == Exchange.STREAM;
        private final int window = stream ? settings.window() : 1;
        private long free;
        private int sent;
        private int answered;

        Run(Kernel kernel) {
            this.kernel = kernel;
            this.process = kernel.register(this);
        }

        /** As many as the window allows; each leaves when the sender is done with those before. */
        void send() {
            while (sent < settings.messages() && sent - answered < window) {
                long leaves = Math.max(kernel.now(), free);
                free = leaves + (stream ? settings.serviceNanos() : 0);
                begun[sent] = leaves;
                kernel.schedule(leaves + settings.wayNanos(), process, ARRIVED, sent, null);
                sent++;
            }
        }

        private void after(long nanos, int kind, long message) {
            kernel.schedule(kernel.now() + nanos, process, kind, message, null);
        }

        @Override
        public void on(int kind, long message, @Nullable Object payload) {
            switch (kind) {
                case ARRIVED -> after(settings.logNanos(), LOGGED, message);
                case LOGGED -> after(settings.wayNanos(), ANSWER_ARRIVED, message);
                // An acknowledgement is not logged; an answer is, at the other side.
                case ANSWER_ARRIVED -> after(stream ? 0 : settings.logNanos(), ANSWERED, message);
                case ANSWERED -> {
                    tally.request(kernel.now() - begun[Math.toIntExact(message)]);
                    answered++;
                    send();
                }
                default -> throw new IllegalStateException("not scheduled: " + kind);
            }
        }
    }
}
