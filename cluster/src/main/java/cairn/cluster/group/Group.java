package cairn.cluster.group;

import cairn.cluster.wire.Carrier;
import cairn.cluster.wire.Vocabulary;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One member's end of a group of processes. Protocols see of the group only messages: a view is no
 * fence, and who leads is theirs to decide. The view says where a place is to be found now; what is
 * sent to a place that nobody is home to is lost, as on a network.
 */
public final class Group implements Receiver, AutoCloseable {

    private static final String NAME = "cairn";

    private final Member self;
    private final Mailbox mailbox;
    private final Vocabulary vocabulary;
    private final JChannel channel;
    private final LinkFaults links;
    private final AtomicLong bytes = new AtomicLong();
    private volatile List<Home> homes = List.of();
    private volatile @Nullable Packed last;

    /** A member of the view, and where it is reached. */
    private record Home(Member member, Address address) {}

    /** A content that was sent, and its bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Packed(Object content, byte[] bytes) {}

    /**
     * An end that is not connected yet, on a stack that holds a {@link LinkFaults}.
     *
     * @param vocabulary the same at all ends
     */
    public Group(Member self, Vocabulary vocabulary, JChannel channel, Mailbox mailbox) {
        this.self = self;
        this.vocabulary = vocabulary;
        this.mailbox = mailbox;
        this.channel = channel;
        this.links = channel.getProtocolStack().findProtocol(LinkFaults.class);
        if (links == null) {
            throw new IllegalArgumentException("the stack has no layer for faults of links");
        }
        channel.addAddressGenerator(self::address);
        channel.setReceiver(this);
    }

    /** Joins; returns when this end is a member of some view. */
    public void connect() throws Exception {
        channel.connect(NAME);
    }

    /** The layer that makes links fail. */
    public LinkFaults links() {
        return links;
    }

    /** Bytes that were sent through this end, without JGroups' own. */
    public long bytes() {
        return bytes.get();
    }

    /** The members of the view that this end has now. */
    public List<Member> members() {
        return homes.stream().map(Home::member).toList();
    }

    /** Sends something from a place of this member to a place of another, or of its own. */
    public void send(Kind kind, int from, int to, Object content) {
        Address address = addressOf(to);
        if (address == null) {
            return;
        }
        byte[] packed = Envelope.pack(kind, from, to, packed(content));
        bytes.addAndGet(packed.length);
        try {
            channel.send(new BytesMessage(address, packed));
        } catch (Exception e) {
            // The channel was closed, or the member left meanwhile: lost like any other message.
            bytes.addAndGet(-packed.length);
        }
    }

    /** Contents never change: what goes to several places is made into bytes once. */
    @SuppressWarnings("ReferenceEquality") // Asked is whether it is that object, not one like it.
    private byte[] packed(Object content) {
        Packed former = last;
        if (former != null && former.content == content) {
            return former.bytes;
        }
        byte[] bytes = Carrier.pack(content, vocabulary);
        last = new Packed(content, bytes);
        return bytes;
    }

    /** The youngest member that is home to a place; an older one is dead and not yet found so. */
    private @Nullable Address addressOf(int place) {
        Home found = null;
        for (Home home : homes) {
            if (home.member.hosts(place)
                    && (found == null || found.member.incarnation() < home.member.incarnation())) {
                found = home;
            }
        }
        return found == null ? null : found.address;
    }

    @Override
    public void receive(Message message) {
        try {
            Envelope envelope =
                    Envelope.unpack(
                            message.getArray(),
                            message.getOffset(),
                            message.getLength(),
                            vocabulary);
            if (self.hosts(envelope.to())) {
                mailbox.arrived(
                        envelope.kind(), envelope.from(), envelope.to(), envelope.content());
            }
        } catch (RuntimeException | Error e) {
            mailbox.broken(e);
        }
    }

    @Override
    public void viewAccepted(View view) {
        List<Home> all = new ArrayList<>();
        for (Address address : view.getMembersRaw()) {
            Member member = Member.of(address);
            if (member != null) {
                all.add(new Home(member, address));
            }
        }
        homes = List.copyOf(all);
        try {
            mailbox.viewed(members());
        } catch (RuntimeException | Error e) {
            mailbox.broken(e);
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
