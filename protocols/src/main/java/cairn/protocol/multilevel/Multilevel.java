package cairn.protocol.multilevel;

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
import cairn.part.ensemble.Ensemble;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.NewestCommonLine;
import cairn.part.ensemble.Pace;

import java.util.List;
import java.util.Map;

/**
 * Coordinated checkpoints at three levels; the ranks go on from the newest line that can be had,
 * each from the cheapest level that has it.
 */
public final class Multilevel implements Protocol<EnsembleMessage> {

    private final MultilevelSettings settings;
    private final Ensemble ensemble;
    private final Rules rules;

    /** Protects a computation; throws {@link IllegalArgumentException} if a partner is itself. */
    public Multilevel(MultilevelSettings settings, Computation computation, CpuCosts costs) {
        this(settings, computation, costs, Rules.SOUND);
    }

    Multilevel(MultilevelSettings settings, Computation computation, CpuCosts costs, Rules rules) {
        if (settings.partnerEvery() > 0 && settings.partnerDistance() % computation.ranks() == 0) {
            throw new IllegalArgumentException(
                    "of "
                            + computation.ranks()
                            + " ranks, the one "
                            + settings.partnerDistance()
                            + " further is the rank itself");
        }
        this.settings = settings;
        this.rules = rules;
        this.ensemble =
                new Ensemble(
                        computation,
                        new Pace(settings.intervalNanos(), settings.retryNanos()),
                        costs,
                        Manner.ORDERED,
                        settings.holdsOutputs(),
                        1,
                        rules);
    }

    @Override
    public String name() {
        return "multilevel";
    }

    @Override
    public List<Seat> seats() {
        return ensemble.seats(true);
    }

    @Override
    public Node<EnsembleMessage> node(NodeId place) {
        return ensemble.node(
                place,
                owner -> new LevelsVault(place.index(), owner, ensemble, settings, rules),
                Blocking::new,
                Sealing::new,
                new NewestCommonLine(ensemble.ranks(), rules));
    }

    /** A lost machine only if every checkpoint has a copy elsewhere before it counts as safe. */
    @Override
    public Promise promise() {
        Map<FaultKind, Integer> survives =
                Promise.anyBut(FaultKind.MEMORY_ROT, FaultKind.DISK_LIES, FaultKind.DISK_CORRUPTS);
        survives.put(FaultKind.PERMANENT_LOSS, settings.partnerEvery() == 1 ? 1 : 0);
        return new Promise(
                        "The ranks go on from the newest line of checkpoints of which every image"
                                + " is on some disk.",
                        Acknowledgement.DURABLE,
                        survives,
                        settings.holdsOutputs())
                .withCommonNumbers();
    }
}
