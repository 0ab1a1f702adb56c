package cairn.virtual.jgroups;

import cairn.virtual.VirtualProcess;
import cairn.virtual.jgroups.GroupEvent.Counted;
import cairn.virtual.jgroups.GroupEvent.Delivered;
import cairn.virtual.jgroups.GroupEvent.Installed;
import cairn.virtual.jgroups.GroupEvent.ViewId;

import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.util.Bits;
import org.jgroups.util.UUID;

/** A member's channel of JGroups, and the journal of what it is given. */
public final class Channel implements Receiver {

    private final Group group;
    private final Member member;
    private final JChannel channel;

    Channel(Group group, VirtualProcess process, Wire wire, Stack stack) throws Exception {
        this.group = group;
        this.member = new Member(process.index(), process.incarnation());
        this.channel = new JChannel(stack.protocols(wire));
        channel.setName(process.name());
        channel.setReceiver(this);
        // As JGroups makes addresses itself; the group wants to know whose each is.
        channel.addAddressGenerator(() -> group.called(UUID.randomUUID(), member));
    }

    void connect(String cluster) throws Exception {
        channel.connect(cluster);
    }

    /** JGroups' own channel. */
    public JChannel jgroups() {
        return channel;
    }

    /** Notes what an increment was answered. */
    void counted(long value) {
        group.note(new Counted(group.now(), member, value));
    }

    /** Counts an operation that failed. */
    void gaveUp() {
        group.gaveUp();
    }

    @Override
    public void viewAccepted(View view) {
        group.note(
                new Installed(
                        group.now(),
                        member,
                        new ViewId(group.whose(view.getCreator()), view.getViewId().getId()),
                        view.getMembers().stream().map(group::whose).toList(),
                        view instanceof MergeView));
    }

    @Override
    public void receive(Message message) {
        Address from = message.getSrc();
        long number = Bits.readLong(message.getArray(), message.getOffset());
        group.note(new Delivered(group.now(), member, group.whose(from), number));
    }
}
