package cairn.protocol.uncoordinated;

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
import cairn.part.ensemble.DiskVault;
import cairn.part.ensemble.Ensemble;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.Independent;
import cairn.part.ensemble.LineWatch;
import cairn.part.ensemble.Pace;
import cairn.part.ensemble.RecoveryLine;
import cairn.part.ensemble.Rules;
import cairn.protocol.uncoordinated.UncoordinatedSettings.Forced;

import java.util.List;

/** Each rank cuts when it likes to; where all can go on from is found out after a failure. */
public final class Uncoordinated implements Protocol<EnsembleMessage> {

    private final UncoordinatedSettings settings;
    private final Ensemble ensemble;

    /** Protects a computation. */
    public Uncoordinated(UncoordinatedSettings settings, Computation computation, CpuCosts costs) {
        this(settings, computation, costs, Rules.SOUND);
    }

    Uncoordinated(
            UncoordinatedSettings settings, Computation computation, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.ensemble =
                new Ensemble(
                        computation,
                        new Pace(settings.intervalNanos(), settings.retryNanos()),
                        costs,
                        Manner.ORDERED,
                        settings.holdsOutputs(),
                        0,
                        rules);
    }

    @Override
    public String name() {
        return "uncoordinated";
    }

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
                                place.index(), owner, settings.retryNanos(), ensemble.rules()),
                member -> new Independent(member, settings.forced() == Forced.BY_INDEX),
                LineWatch::new,
                new RecoveryLine(ensemble.ranks(), ensemble.rules()));
    }

    /** A checkpoint is acknowledged when no line can pass over it any more. */
    @Override
    public Promise promise() {
        return new Promise(
                "The ranks go on from the newest checkpoints without orphans; how far back these"
                        + " lie is not promised.",
                Acknowledgement.DURABLE,
                Promise.anyBut(
                        FaultKind.PERMANENT_LOSS,
                        FaultKind.MEMORY_ROT,
                        FaultKind.DISK_LIES,
                        FaultKind.DISK_CORRUPTS),
                settings.holdsOutputs(),
                Promise.ANY);
    }
}
