package cairn.protocol.logging;

import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.computation.Computation;
import cairn.model.computation.Rank;
import cairn.model.fault.FaultKind;

import java.util.List;

/**
 * Message logging with checkpoints that each rank takes by itself: a rank that failed recovers by
 * repeating what it had received, and no other rank goes back unless it depends on what is lost.
 */
public final class Logging implements Protocol<LoggingMessage> {

    private final LoggingSettings settings;
    private final Computation computation;
    private final CpuCosts costs;
    private final Rules rules;

    /**
     * Protects a computation. Throws {@link IllegalArgumentException} if its ranks have several
     * threads: what they do is not determined by what they receive.
     */
    public Logging(LoggingSettings settings, Computation computation, CpuCosts costs) {
        this(settings, computation, costs, Rules.SOUND);
    }

    Logging(LoggingSettings settings, Computation computation, CpuCosts costs, Rules rules) {
        if (computation.threads() > 1) {
            throw new IllegalArgumentException(
                    "a rank that can be replayed has one thread: " + computation.threads());
        }
        this.settings = settings;
        this.computation = computation;
        this.costs = costs;
        this.rules = rules;
    }

    @Override
    public String name() {
        return "logging";
    }

    /** A place with a disk for each rank. */
    @Override
    public List<Seat> seats() {
        return Seat.several("rank-", 0, computation.ranks(), Rank.hardware(computation).withDisk());
    }

    @Override
    public Node<LoggingMessage> node(NodeId place) {
        return new Worker(
                settings, new Rank(computation, place.index()), computation.ranks(), costs, rules);
    }

    /** A log on disk begins a file at each cut, and gives up those before it when that is safe. */
    static final String LOG_FILES = "files of the log";

    @Override
    public Promise promise() {
        return new Promise(
                        text(),
                        Acknowledgement.DURABLE,
                        Promise.anyBut(
                                FaultKind.PERMANENT_LOSS,
                                FaultKind.MEMORY_ROT,
                                FaultKind.DISK_LIES,
                                FaultKind.DISK_CORRUPTS),
                        true)
                .withOverlapping(overlapping())
                .keeping(LOG_FILES, 1);
    }

    /** What is held by others than its rank is gone when all of them are. */
    private int overlapping() {
        return switch (settings.family()) {
            case PESSIMISTIC_RECEIVER, OPTIMISTIC -> Promise.ANY;
            case PESSIMISTIC_SENDER -> 1;
            case CAUSAL -> settings.failures();
        };
    }

    private String text() {
        String overlapping =
                switch (settings.family()) {
                    case PESSIMISTIC_RECEIVER -> "Whatever ranks crash, they recover alone";
                    case PESSIMISTIC_SENDER ->
                            "A rank that crashes recovers alone, if no other one crashes before it"
                                    + " has";
                    case OPTIMISTIC ->
                            "Whatever ranks crash, they recover what is on their disks, and who"
                                    + " depends on more rolls back";
                    case CAUSAL ->
                            "Up to "
                                    + settings.failures()
                                    + " ranks that crash before any of them has recovered do so"
                                    + " alone";
                };
        return overlapping + "; no output is taken back.";
    }
}
