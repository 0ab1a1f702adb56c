package cairn.part.register;

import cairn.model.NodeId;

import java.util.List;

/**
 * Who decides about a register.
 *
 * @param places all of them
 * @param quorum how many must agree: more than half
 * @param remember whether they keep what they agreed to on their disks; without that they forget it
 *     when they start again, which is UNSAFE
 */
public record Voters(List<NodeId> places, int quorum, boolean remember) {

    public Voters {
        places = List.copyOf(places);
    }

    /** More than half of them. */
    public int majority() {
        return places.size() / 2 + 1;
    }
}
