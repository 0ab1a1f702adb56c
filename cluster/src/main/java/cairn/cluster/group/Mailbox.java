package cairn.cluster.group;

import java.util.List;

/** Where what reaches a member goes. Called on threads of the group, for several at once. */
public interface Mailbox {

    /** Something arrived for a place of this member. */
    void arrived(Kind kind, int from, int to, Object content);

    /** The members changed. */
    void viewed(List<Member> members);

    /**
     * What arrived could not be taken: the other methods threw, or the bytes are no message.
     * JGroups would only log it, and the place would be deaf from then on.
     */
    void broken(Throwable thrown);
}
