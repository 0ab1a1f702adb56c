package cairn.protocol.redundancy;

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
import cairn.part.ensemble.Ensemble;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.Pace;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Coordinated checkpoints that never touch a disk: each rank keeps its image in memory, and its
 * group keeps enough beside it to rebuild what some of them lose.
 */
public final class Redundancy implements Protocol<EnsembleMessage> {

    private final RedundancySettings settings;
    private final Ensemble ensemble;
    private final Placement placement;
    private final Rules rules;

    /**
     * Protects a computation; throws {@link IllegalArgumentException} if its ranks cannot be placed
     * so that no group has two in one failure domain.
     */
    public Redundancy(RedundancySettings settings, Computation computation, CpuCosts costs) {
        this(settings, computation, costs, Rules.SOUND);
    }

    Redundancy(RedundancySettings settings, Computation computation, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.rules = rules;
        this.placement = new Placement(computation.ranks(), settings, rules);
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
        return "redundancy";
    }

    @Override
    public List<Seat> seats() {
        return ensemble.seats(false);
    }

    @Override
    public Node<EnsembleMessage> node(NodeId place) {
        return ensemble.node(
                place,
                owner -> new MemoryVault(place.index(), owner, placement.of(place.index()), rules),
                Blocking::new,
                _ -> new CommonRounds(ensemble, Style.STOP_UNTIL_CUT),
                new RedundancyLine(ensemble.ranks(), placement, rules));
    }

    /** So many failures of processes at once as any group bears; nothing that ends them all. */
    @Override
    public Promise promise() {
        Map<FaultKind, Integer> survives = new EnumMap<>(FaultKind.class);
        for (FaultKind kind :
                List.of(
                        FaultKind.PAUSE,
                        FaultKind.SLOW_NODE,
                        FaultKind.CLOCK,
                        FaultKind.CUT,
                        FaultKind.BAD_LINK)) {
            survives.put(kind, Promise.ANY);
        }
        int least =
                placement.sets().stream()
                        .mapToInt(set -> set.stripes().isEmpty() ? 0 : settings.parities())
                        .min()
                        .orElse(0);
        survives.put(FaultKind.PROCESS_CRASH, least);
        return new Promise(
                        "The ranks go on from the newest line of checkpoints that is in memory, as"
                                + " long as no more than "
                                + least
                                + " fail before it is whole again.",
                        Acknowledgement.RECEIVED,
                        survives,
                        settings.holdsOutputs())
                .withCommonNumbers();
    }
}
