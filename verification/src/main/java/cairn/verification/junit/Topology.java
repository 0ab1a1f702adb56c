package cairn.verification.junit;

import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.simulator.Environment;
import cairn.simulator.Scenario;
import cairn.simulator.network.NetworkCosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How machines are put up: how many there are, which of them share a rack, and what lies between
 * them. Drawn by {@link Topologies}.
 *
 * @param machines how many the protocol has; clients are not counted
 * @param rackOf the rack of each machine, from zero
 * @param network what messages between them cost
 */
public record Topology(int machines, List<Integer> rackOf, NetworkCosts network) {

    /** Throws {@link IllegalArgumentException} if it is not said of each machine where it is. */
    public Topology {
        rackOf = List.copyOf(rackOf);
        if (machines < 1 || rackOf.size() != machines) {
            throw new IllegalArgumentException(
                    "each machine has a rack: " + machines + " machines, " + rackOf);
        }
    }

    /** The machines of each rack that has any. */
    public List<Set<NodeId>> racks() {
        List<Set<NodeId>> racks = new ArrayList<>();
        for (int rack : new TreeSet<>(rackOf)) {
            Set<NodeId> members = new TreeSet<>();
            for (int machine = 0; machine < machines; machine++) {
                if (rackOf.get(machine) == rack) {
                    members.add(new NodeId(machine));
                }
            }
            racks.add(members);
        }
        return racks;
    }

    /** The same environment, but for the network. */
    public Environment environment(Environment usual) {
        return new Environment(
                usual.cpu(),
                network,
                usual.rdma(),
                usual.platform(),
                usual.disk(),
                usual.waitsForCompletions());
    }

    /**
     * The same scenario put up like this. Its faults stay; where a rack or the site may lose power,
     * these racks and this site may.
     */
    public <M extends Message> Scenario<M> scenario(Scenario<M> usual) {
        FaultPlan faults = usual.faults();
        return new Scenario<>(
                usual.protocol(),
                usual.application(),
                environment(usual.environment()),
                faults.with(powerLosses(usual.protocol().seats(), faults.admissible())),
                usual.bounds(),
                usual.limits());
    }

    private List<RandomFault> powerLosses(List<Seat> seats, Admissible admissible) {
        return admissible.everywhere(seats, racks()).stream()
                .filter(random -> random.fault() instanceof Fault.OfDomain)
                .toList();
    }
}
