package cairn.cluster.run;

import cairn.cluster.group.Member;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long the group takes to find a failure: from when it was inflicted to the first view of the
 * launcher without the member. A member that is back before it was missed was not detected.
 */
final class Detections {

    /** Of each place that was silenced and is still in the view: by what, and when. */
    private final Map<Integer, Observation.Struck> missed = new HashMap<>();

    private final List<Long> nanos = new ArrayList<>();
    private Set<Member> view = new HashSet<>();

    synchronized void on(Observation observation) {
        if (observation instanceof Observation.Struck struck) {
            silenced(struck.fault()).forEach(node -> silenced(node.index(), struck));
        } else if (observation instanceof Observation.Healed(long _, Fault fault)
                && (fault instanceof Fault.Pause || fault instanceof Fault.Isolation)) {
            // The same member speaks again; what was killed never does.
            missed.values().removeIf(struck -> struck.fault().equals(fault));
        }
    }

    /** The places that a fault takes from the group. */
    private static List<NodeId> silenced(Fault fault) {
        return switch (fault) {
            case Fault.ProcessCrash(var node) -> List.of(node);
            case Fault.PowerLoss(var node) -> List.of(node);
            case Fault.WarmReset(var node) -> List.of(node);
            case Fault.PermanentLoss(var node) -> List.of(node);
            case Fault.OutOfMemory(var node) -> List.of(node);
            case Fault.Pause(var node) -> List.of(node);
            case Fault.CpuHang(var node) -> List.of(node);
            case Fault.Isolation(var node) -> List.of(node);
            case Fault.OfDomain domain -> domain.nodes();
            // A member stays, is suspected of what it does not have, or ends by itself.
            case Fault.OfNode _, Fault.OfLink _ -> List.of();
        };
    }

    private void silenced(int place, Observation.Struck struck) {
        // Of a place that nobody sees, nobody misses anything.
        if (view.stream().anyMatch(member -> member.first() == place)) {
            missed.putIfAbsent(place, struck);
        }
    }

    synchronized void viewed(long at, List<Member> members) {
        for (Member former : view) {
            if (!members.contains(former)) {
                Observation.Struck struck = missed.remove(former.first());
                if (struck != null) {
                    nanos.add(at - struck.at());
                }
            }
        }
        view = new HashSet<>(members);
    }

    synchronized List<Long> nanos() {
        return List.copyOf(nanos);
    }
}
