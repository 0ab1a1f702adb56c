package cairn.protocol.dirtypages;

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
import java.util.Map;

/**
 * Checkpoints of a parallel computation, of the pages that changed, after DejaVu (US 7,536,591 B2;
 * Ruscio, Heffner and Varadarajan, IPDPS 2007): all ranks stop, protect their pages and go on
 * together, and what changed is written while they do.
 */
public final class DirtyPages implements Protocol<DirtyPagesMessage> {

    private final DirtyPagesSettings settings;
    private final Computation computation;
    private final CpuCosts costs;
    private final Rules rules;
    private final Layout layout;

    /** Protects a computation. */
    public DirtyPages(DirtyPagesSettings settings, Computation computation, CpuCosts costs) {
        this(settings, computation, costs, Rules.SOUND);
    }

    DirtyPages(DirtyPagesSettings settings, Computation computation, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.computation = computation;
        this.costs = costs;
        this.rules = rules;
        this.layout = Layout.of(settings, computation.ranks());
    }

    @Override
    public String name() {
        return "dirty-pages";
    }

    /** The nodes, the coordinator, and the storage node and the scheduler if there are any. */
    @Override
    public List<Seat> seats() {
        boolean own = settings.place() == Place.OWN_DISK;
        Hardware plain = Rank.hardware(computation);
        Hardware hardware = own ? plain.withDisk() : plain;
        List<Seat> seats = new ArrayList<>(Seat.several("rank-", 0, computation.ranks(), hardware));
        seats.addAll(Seat.several("spare-", computation.ranks(), layout.nodes(), hardware));
        seats.add(new Seat("coordinator", Hardware.PLAIN));
        if (!own) {
            seats.add(new Seat("storage", Hardware.PLAIN.withDisk()));
        }
        if (layout.schedules()) {
            seats.add(new Seat("scheduler", Hardware.PLAIN));
        }
        return seats;
    }

    @Override
    public Node<DirtyPagesMessage> node(NodeId place) {
        if (place.equals(layout.coordinator())) {
            return new Coordinator(settings, layout, computation.ranks(), rules);
        }
        if (layout.isScheduler(place)) {
            return new Scheduler(settings, layout);
        }
        return layout.isStorage(place)
                ? new StorageNode(settings, layout, costs)
                : new Worker(settings, computation, layout, place, costs, rules);
    }

    /** Files survive whatever the disk survives. */
    @Override
    public Promise promise() {
        Map<FaultKind, Integer> survives =
                Promise.anyBut(
                        FaultKind.PERMANENT_LOSS, FaultKind.DISK_LIES, FaultKind.DISK_CORRUPTS);
        if (settings.adoptAfterNanos() > 0) {
            // A node that is silent for too long is taken for dead, and need not be.
            List.of(
                            FaultKind.PAUSE,
                            FaultKind.CPU_HANG,
                            FaultKind.SLOW_NODE,
                            FaultKind.CLOCK,
                            FaultKind.CUT,
                            FaultKind.BAD_LINK)
                    .forEach(kind -> survives.put(kind, 0));
        }
        return new Promise(
                        "A committed checkpoint of all ranks survives as long as the disks do.",
                        Acknowledgement.DURABLE_ON_ALL,
                        survives,
                        false)
                .withCommonNumbers();
    }
}
