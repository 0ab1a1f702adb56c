package cairn.virtual.jgroups;

/**
 * A member of a group: a process from one start to its end. To JGroups a process that was started
 * again is another member.
 *
 * @param process its index in the group, as of the node that faults name
 * @param incarnation the how-manieth start of the process, from one
 */
public record Member(int process, int incarnation) {

    @Override
    public String toString() {
        return "n" + process + (incarnation == 1 ? "" : "." + incarnation);
    }
}
