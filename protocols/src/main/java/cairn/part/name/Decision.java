package cairn.part.name;

/** What a majority decided in a round that was begun here. */
public sealed interface Decision {

    /** What the name's register holds. */
    Registration now();

    /**
     * A round to have the name.
     *
     * @param isOurs whether it is this round that decided who has it; else another one did
     */
    record Registered(Registration now, boolean isOurs) implements Decision {}

    /** A round to go on with a name. */
    record TakenUp(Registration now) implements Decision {}

    /** A round to name who holds the copies. */
    record MembersNamed(Registration now) implements Decision {}

    /** A round to set the name free. */
    record SetFree(Registration now) implements Decision {}
}
