package cairn.protocol.coordinated;

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
import cairn.part.ensemble.Blocking;
import cairn.part.ensemble.CommonRounds;
import cairn.part.ensemble.CommonRounds.Style;
import cairn.part.ensemble.DiskVault;
import cairn.part.ensemble.Ensemble;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.Markers;
import cairn.part.ensemble.NewestCommonLine;
import cairn.part.ensemble.Pace;
import cairn.part.ensemble.Rules;
import cairn.part.ensemble.StoreVault;
import cairn.part.ensemble.Vault;
import cairn.protocol.coordinated.CoordinatedSettings.Cut;
import cairn.protocol.coordinated.CoordinatedSettings.Place;
import cairn.protocol.coordinated.CoordinatedSettings.Release;

import java.util.List;

/** All ranks cut one line together, and all go back to it when one fails. */
public final class Coordinated implements Protocol<EnsembleMessage> {

    private final CoordinatedSettings settings;
    private final Ensemble ensemble;

    /** Protects a computation. */
    public Coordinated(CoordinatedSettings settings, Computation computation, CpuCosts costs) {
        this(settings, computation, costs, Rules.SOUND);
    }

    Coordinated(
            CoordinatedSettings settings, Computation computation, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.ensemble =
                new Ensemble(
                        computation,
                        new Pace(settings.intervalNanos(), settings.retryNanos()),
                        costs,
                        settings.cut() == Cut.COLOURS ? Manner.UNORDERED : Manner.ORDERED,
                        settings.outputs() == Release.WHEN_SAFE,
                        settings.store() == Place.STORE ? 1 : 0,
                        rules);
    }

    @Override
    public String name() {
        return "coordinated";
    }

    @Override
    public List<Seat> seats() {
        return ensemble.seats(settings.store() == Place.OWN_DISK);
    }

    @Override
    public Node<EnsembleMessage> node(NodeId place) {
        return ensemble.node(
                place,
                owner -> vault(place.index(), owner),
                member -> isBlocking() ? new Blocking(member) : new Markers(member),
                _ -> new CommonRounds(ensemble, style()),
                new NewestCommonLine(ensemble.ranks(), ensemble.rules()));
    }

    private Vault vault(int rank, Vault.Owner owner) {
        return settings.store() == Place.STORE
                ? new StoreVault(rank, owner, ensemble.store(0))
                : new DiskVault(rank, owner, settings.retryNanos(), ensemble.rules());
    }

    private boolean isBlocking() {
        return style() != Style.MARKERS;
    }

    private Style style() {
        return switch (settings.cut()) {
            case STOP_UNTIL_CUT -> Style.STOP_UNTIL_CUT;
            case STOP_UNTIL_SAFE -> Style.STOP_UNTIL_SAFE;
            case MARKERS, COLOURS -> Style.MARKERS;
        };
    }

    /** Whatever happens to processes and power; a lost machine only if images lie elsewhere. */
    @Override
    public Promise promise() {
        return new Promise(
                        "The ranks go on from the newest line of checkpoints that all had made"
                                + " durable.",
                        Acknowledgement.DURABLE,
                        Promise.anyBut(
                                FaultKind.PERMANENT_LOSS,
                                FaultKind.MEMORY_ROT,
                                FaultKind.DISK_LIES,
                                FaultKind.DISK_CORRUPTS),
                        settings.outputs() == Release.WHEN_SAFE)
                .withCommonNumbers();
    }
}
