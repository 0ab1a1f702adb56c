package cairn.protocol.messagelogging;

import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Hardware;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.computation.Computation;
import cairn.model.computation.Rank;
import cairn.model.fault.FaultKind;

import java.util.ArrayList;
import java.util.List;

/**
 * The message logging of DejaVu (DJ-9 to DJ-12) around coordinated checkpoints: a copy of each
 * message is kept until it is acknowledged and is part of its sender's image; after a failure all
 * ranks go back to the newest checkpoint that all have, and send what is unacknowledged again.
 */
public final class MessageLogging implements Protocol<MessageLoggingMessage> {

    private final MessageLoggingSettings settings;
    private final Computation computation;
    private final CpuCosts costs;
    private final Rules rules;

    /** Protects a computation. */
    public MessageLogging(
            MessageLoggingSettings settings, Computation computation, CpuCosts costs) {
        this(settings, computation, costs, Rules.SOUND);
    }

    MessageLogging(
            MessageLoggingSettings settings, Computation computation, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.computation = computation;
        this.costs = costs;
        this.rules = rules;
    }

    @Override
    public String name() {
        return "message-logging";
    }

    /** A place with a disk for each rank, and one for the coordinator. */
    @Override
    public List<Seat> seats() {
        List<Seat> seats = new ArrayList<>();
        Hardware hardware =
                Hardware.PLAIN
                        .withMemory(Rank.memoryBytes(computation))
                        .withCores(computation.threads())
                        .withDisk();
        for (int rank = 0; rank < computation.ranks(); rank++) {
            seats.add(new Seat("rank-" + rank, hardware));
        }
        seats.add(new Seat("coordinator", Hardware.PLAIN));
        return seats;
    }

    @Override
    public Node<MessageLoggingMessage> node(NodeId place) {
        return place.index() < computation.ranks()
                ? new Worker(
                        settings,
                        new Rank(computation, place.index()),
                        computation.ranks(),
                        costs,
                        rules)
                : new Coordinator(settings, computation.ranks(), rules);
    }

    @Override
    public Promise promise() {
        return new Promise(
                        "Whatever ranks crash, all go on from the last checkpoint that all have on"
                                + " their disks.",
                        Acknowledgement.DURABLE,
                        Promise.anyBut(
                                FaultKind.PERMANENT_LOSS,
                                FaultKind.MEMORY_ROT,
                                FaultKind.DISK_LIES,
                                FaultKind.DISK_CORRUPTS),
                        true)
                .withCommonNumbers();
    }
}
