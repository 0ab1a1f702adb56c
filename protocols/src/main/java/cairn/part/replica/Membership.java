package cairn.part.replica;

import java.util.List;

/**
 * Who holds every version that is safe, as it was agreed on under a term (CS-12).
 *
 * @param term of who may store
 */
public record Membership(long term, List<Member> members) {

    public Membership {
        members = List.copyOf(members);
    }
}
