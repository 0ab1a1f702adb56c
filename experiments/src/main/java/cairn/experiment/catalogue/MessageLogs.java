package cairn.experiment.catalogue;

import cairn.protocol.logging.Logging;
import cairn.protocol.logging.LoggingSettings;
import cairn.protocol.messagelogging.MessageLogging;
import cairn.protocol.messagelogging.MessageLoggingSettings;

import java.util.List;
import java.util.Map;

/** The protocols that log messages. */
final class MessageLogs {

    private static final ProtocolForm MESSAGE_LOGGING =
            ProtocolForm.ofComputation(
                    "message-logging",
                    "Coordinated checkpoints that hold a copy of each unacknowledged message.",
                    MessageLoggingSettings.DEFAULT,
                    Map.of(
                            "checkpointEveryNanos", "from one checkpoint to the next",
                            "retryNanos", "when an unacknowledged message is sent again",
                            "window", "messages to one rank that may be unacknowledged"),
                    (settings, computation, cpu) ->
                            new MessageLogging(
                                    (MessageLoggingSettings) settings, computation, cpu));

    private static final ProtocolForm LOGGING =
            ProtocolForm.ofComputation(
                            "logging",
                            "Each rank checkpoints by itself, and replays what it had received.",
                            LoggingSettings.DEFAULT,
                            Map.of(
                                    "family",
                                            "where the order of receipts is kept, and when it must"
                                                    + " be",
                                    "failures", "overlapping failures that causal logging survives",
                                    "checkpointEveryNanos",
                                            "how often each rank takes a checkpoint",
                                    "flushEveryNanos", "how long optimistic logging gathers",
                                    "retryNanos", "when what was not answered is said again",
                                    "window", "messages to one rank that may be unacknowledged"),
                            (settings, computation, cpu) ->
                                    new Logging((LoggingSettings) settings, computation, cpu))
                    .with("failures", computation -> computation.ranks() - 1);

    private MessageLogs() {}

    static List<ProtocolForm> all() {
        return List.of(MESSAGE_LOGGING, LOGGING);
    }
}
