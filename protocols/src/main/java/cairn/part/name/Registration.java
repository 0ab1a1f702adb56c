package cairn.part.name;

import cairn.model.NodeId;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.register.Register;
import cairn.part.replica.Member;
import cairn.part.replica.Membership;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What the cluster knows of the name: who has it, and where what is kept under it lies.
 *
 * @param term grows with each new holder; zero before the first
 * @param holder who has it; null if the name is free
 * @param stamp which attempt to take the name this came from: unique for each
 * @param members who holds every safe version (CS-12)
 */
public record Registration(long term, @Nullable NodeId holder, long stamp, List<Member> members) {

    /** Nobody has had the name yet. */
    public static final Registration NONE = new Registration(0, null, 0, List.of());

    static final Register.Codec<Registration> CODEC =
            new Register.Codec<>() {
                @Override
                public void write(Registration value, ByteWriter into) {
                    value.writeTo(into);
                }

                @Override
                public Registration read(ByteReader from) {
                    return readFrom(from);
                }
            };

    private static final int NOBODY = -1;
    private static final int FIXED_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;
    private static final int MEMBER_BYTES = 2 * Integer.BYTES;

    public Registration {
        members = List.copyOf(members);
    }

    /** Whether a node has the name. */
    public boolean isHeldBy(NodeId node) {
        return node.equals(holder);
    }

    public Membership membership() {
        return new Membership(term, members);
    }

    Registration withMembers(List<Member> others) {
        return new Registration(term, holder, stamp, others);
    }

    /** Its size on the wire. */
    public int bytes() {
        return FIXED_BYTES + members.size() * MEMBER_BYTES;
    }

    void writeTo(ByteWriter writer) {
        writer.number(term).number(stamp);
        writer.small(holder == null ? NOBODY : holder.index()).small(members.size());
        for (Member member : members) {
            writer.small(member.place().index()).small(member.identity());
        }
    }

    static Registration readFrom(ByteReader reader) {
        long term = reader.number();
        long stamp = reader.number();
        int holder = reader.small();
        List<Member> members = new ArrayList<>();
        for (int left = reader.small(); left > 0; left--) {
            members.add(new Member(new NodeId(reader.small()), reader.small()));
        }
        return new Registration(term, holder == NOBODY ? null : new NodeId(holder), stamp, members);
    }
}
