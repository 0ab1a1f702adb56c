package cairn.protocol.messagelogging;

import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.computation.Computation;
import cairn.model.fault.FaultKind;
import cairn.part.Channels.Manner;
import cairn.part.ensemble.CommonRounds;
import cairn.part.ensemble.DiskVault;
import cairn.part.ensemble.Ensemble;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.MessageLog;
import cairn.part.ensemble.NewestCommonLine;
import cairn.part.ensemble.Pace;
import cairn.part.ensemble.Rules;

import java.util.List;

/**
 * The message logging of DejaVu (DJ-9 to DJ-12) around coordinated checkpoints: a copy of each
 * message is kept until it is acknowledged, each by itself, and is part of its sender's image;
 * after a failure all ranks go back to the newest checkpoint that all have, and send what is
 * unacknowledged again.
 */
public final class MessageLogging implements Protocol<EnsembleMessage> {

    private final Ensemble ensemble;

    /** Protects a computation. */
    public MessageLogging(
            MessageLoggingSettings settings, Computation computation, CpuCosts costs) {
        this(settings, computation, costs, Rules.SOUND);
    }

    MessageLogging(
            MessageLoggingSettings settings, Computation computation, CpuCosts costs, Rules rules) {
        this.ensemble =
                new Ensemble(
                        computation,
                        new Pace(settings.checkpointEveryNanos(), settings.retryNanos()),
                        costs,
                        new Manner(true, true, settings.window()),
                        true,
                        0,
                        rules);
    }

    @Override
    public String name() {
        return "message-logging";
    }

    /** A place with a disk for each rank, and one for the coordinator. */
    @Override
    public List<Seat> seats() {
        return ensemble.seats(true);
    }

    @Override
    public Node<EnsembleMessage> node(NodeId place) {
        return ensemble.node(
                place,
                owner ->
                        new DiskVault(
                                place.index(),
                                owner,
                                ensemble.pace().retryNanos(),
                                ensemble.rules()),
                MessageLog::new,
                _ -> new CommonRounds(ensemble, CommonRounds.Style.CUT_AT_BARRIER),
                new NewestCommonLine(ensemble.ranks(), ensemble.rules()));
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
