package cairn.protocol.segments;

import cairn.model.NodeId;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the cluster knows of the name of the group: who has it, and where its copies are.
 *
 * @param term grows with each new holder; zero before the first
 * @param holder the application's place; null if the name is free
 * @param stamp which attempt to take the name this came from: unique for each
 * @param members who holds every safe version (CS-12)
 */
record Registration(long term, @Nullable NodeId holder, long stamp, List<Member> members) {

    static final Registration NONE = new Registration(0, null, 0, List.of());

    private static final int NOBODY = -1;
    private static final int FIXED_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;
    private static final int MEMBER_BYTES = 2 * Integer.BYTES;

    Registration {
        members = List.copyOf(members);
    }

    boolean isMember(NodeId place, int identity) {
        return members.contains(new Member(place, identity));
    }

    Registration withMembers(List<Member> others) {
        return new Registration(term, holder, stamp, others);
    }

    int bytes() {
        return FIXED_BYTES + members.size() * MEMBER_BYTES;
    }

    void writeTo(ByteBuffer buffer) {
        buffer.putLong(term).putLong(stamp);
        buffer.putInt(holder == null ? NOBODY : holder.index()).putInt(members.size());
        for (Member member : members) {
            buffer.putInt(member.place().index()).putInt(member.identity());
        }
    }

    static Registration readFrom(ByteBuffer buffer) {
        long term = buffer.getLong();
        long stamp = buffer.getLong();
        int holder = buffer.getInt();
        List<Member> members = new ArrayList<>();
        for (int left = buffer.getInt(); left > 0; left--) {
            members.add(new Member(new NodeId(buffer.getInt()), buffer.getInt()));
        }
        return new Registration(term, holder == NOBODY ? null : new NodeId(holder), stamp, members);
    }
}
