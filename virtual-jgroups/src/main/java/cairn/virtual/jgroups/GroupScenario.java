package cairn.virtual.jgroups;

import cairn.fault.FaultPlan;
import cairn.simulator.network.NetworkCosts;

import java.time.Duration;

/**
 * Everything that determines a run of a group but its answers.
 *
 * @param members how many processes; they start within a second, at times asked of the choices
 * @param stack their protocols
 * @param work what each does
 * @param network what messages cost, and how many of them are lost
 * @param faults what may go wrong; the nodes are the members
 * @param faultsUntil from when on nothing fails any more, and all is healed
 * @param converging how long after that the group may take to become one again
 */
public record GroupScenario(
        int members,
        Stack stack,
        Work work,
        NetworkCosts network,
        FaultPlan faults,
        Duration faultsUntil,
        Duration converging) {

    public GroupScenario {
        if (members < 1 || members > 1_000) {
            throw new IllegalArgumentException("a group has 1 to 1000 members: " + members);
        }
    }

    /** The same with other faults. */
    public GroupScenario with(FaultPlan other) {
        return new GroupScenario(members, stack, work, network, other, faultsUntil, converging);
    }

    /** The same with another stack. */
    public GroupScenario with(Stack other) {
        return new GroupScenario(members, other, work, network, faults, faultsUntil, converging);
    }

    /** The same with other work. */
    public GroupScenario with(Work other) {
        return new GroupScenario(members, stack, other, network, faults, faultsUntil, converging);
    }

    /** The same on another network. */
    public GroupScenario with(NetworkCosts other) {
        return new GroupScenario(members, stack, work, other, faults, faultsUntil, converging);
    }
}
