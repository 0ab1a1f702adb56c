package cairn.cluster.run;

import cairn.cluster.group.Member;
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

    private final Map<Integer, Long> since = new HashMap<>();
    private final List<Long> nanos = new ArrayList<>();
    private Set<Member> view = new HashSet<>();

    synchronized void on(Observation observation) {
        if (observation instanceof Observation.Struck(long at, Fault fault)) {
            switch (fault) {
                case Fault.ProcessCrash(var node) -> since.putIfAbsent(node.index(), at);
                case Fault.PowerLoss(var node) -> since.putIfAbsent(node.index(), at);
                case Fault.WarmReset(var node) -> since.putIfAbsent(node.index(), at);
                case Fault.PermanentLoss(var node) -> since.putIfAbsent(node.index(), at);
                case Fault.Pause(var node) -> since.putIfAbsent(node.index(), at);
                case Fault.Isolation(var node) -> since.putIfAbsent(node.index(), at);
                case Fault.OfDomain domain ->
                        domain.nodes().forEach(node -> since.putIfAbsent(node.index(), at));
                case Fault.OfNode _, Fault.OfLink _ -> {
                    // No member is to leave for these.
                }
            }
        }
    }

    synchronized void viewed(long at, List<Member> members) {
        for (Member former : view) {
            if (!members.contains(former)) {
                Long struck = since.remove(former.first());
                if (struck != null) {
                    nanos.add(at - struck);
                }
            }
        }
        view = new HashSet<>(members);
    }

    synchronized List<Long> nanos() {
        return List.copyOf(nanos);
    }
}
