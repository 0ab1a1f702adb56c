package cairn.virtual.jgroups;

import cairn.model.Observation;

import java.util.List;

/** Something that happened in a group, and when, in virtual nanoseconds. */
public sealed interface GroupEvent {

    long at();

    /** A fault struck or was healed. */
    record Seen(Observation observation) implements GroupEvent {
        @Override
        public long at() {
            return observation.at();
        }
    }

    /**
     * A member was given a view.
     *
     * @param id the view's: who made it, and a number that grows
     * @param members in the order of the view, the coordinator first
     * @param merge whether it unites views
     */
    record Installed(long at, Member member, ViewId id, List<Member> members, boolean merge)
            implements GroupEvent {
        public Installed {
            members = List.copyOf(members);
        }

        @Override
        public String toString() {
            return member + " installs " + (merge ? "merged " : "") + id + " " + members;
        }
    }

    /** The name of a view. */
    record ViewId(Member creator, long number) {
        @Override
        public String toString() {
            return creator + "|" + number;
        }
    }

    /** A member was given the how-manieth message of another, counted from one. */
    record Delivered(long at, Member member, Member from, long number) implements GroupEvent {
        @Override
        public String toString() {
            return member + " is given message " + number + " of " + from;
        }
    }

    /** An increment of the group's counter was answered with the value after it. */
    record Counted(long at, Member member, long value) implements GroupEvent {
        @Override
        public String toString() {
            return member + " counts " + value;
        }
    }
}
