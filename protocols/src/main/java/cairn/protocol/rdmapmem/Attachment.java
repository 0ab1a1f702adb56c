package cairn.protocol.rdmapmem;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.Verbs;
import cairn.protocol.rdmapmem.RdmaPmemMessage.AccessReply;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Close;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Closed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Connect;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Connected;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Create;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Created;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Delete;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Deleted;
import cairn.protocol.rdmapmem.RdmaPmemMessage.NotOpened;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Open;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Opened;

import java.util.ArrayList;
import java.util.List;

/**
 * How a server comes to access the regions: it connects to each unit, then creates (to write) and
 * opens one region after the other through the manager (PMU-1, PMU-12).
 */
final class Attachment {

    private final Setup setup;
    private final NodeId self;
    private final int queueDepth;
    private final List<Link> links = new ArrayList<>();
    private int domain;
    private int completionQueue;
    private Step step = Step.DETACHED;
    private int region;
    private long attempt;
    private boolean writes;
    private long leaderTerm;
    private int manager;

    private enum Step {
        DETACHED,
        CONNECTING,
        CREATING,
        DELETING,
        OPENING,
        REFUSED,
        ATTACHED
    }

    Attachment(Setup setup, NodeId self) {
        this.setup = setup;
        this.self = self;
        this.queueDepth =
                Math.min(
                        1 << 16,
                        setup.layout().pages()
                                + setup.settings().regions()
                                        * (4 + 2 * setup.settings().fullEvery())
                                + 64);
    }

    void boot(int incarnation, Outbox<RdmaPmemMessage> out) {
        attempt = (incarnation + 1L) << 24;
        Verbs verbs = out.verbs();
        domain = verbs.allocateDomain();
        int units = setup.topology().units().size();
        completionQueue = verbs.createCompletionQueue(units * (queueDepth + 16) + 64);
        int lkey = Link.registerBuffers(domain, out);
        for (NodeId unit : setup.topology().units()) {
            long control = setup.layout().controlOffset(links.size());
            links.add(new Link(unit, verbs, out.buffers(), lkey, control));
        }
    }

    boolean isAttached() {
        return step == Step.ATTACHED;
    }

    boolean isDetached() {
        return step == Step.DETACHED;
    }

    /** The links to all units. */
    List<Link> links() {
        return links;
    }

    /** The number of the link with a queue pair, or -1 if it is one of an earlier attempt. */
    int linkOf(int queuePair) {
        for (int unit = 0; unit < links.size(); unit++) {
            if (links.get(unit).queuePair() == queuePair) {
                return unit;
            }
        }
        return -1;
    }

    NodeId manager() {
        return setup.topology().managers().get(manager);
    }

    /** Silence: perhaps the other manager is the active one. */
    void tryOtherManager() {
        manager = 1 - manager;
    }

    /** This manager is the active one. */
    void answeredBy(NodeId active) {
        manager = setup.topology().managers().indexOf(active);
    }

    /** Whether the manager owes an answer. */
    boolean awaitsManager() {
        return step == Step.CREATING || step == Step.DELETING || step == Step.OPENING;
    }

    // ---- attaching

    /** Begins anew, with fresh connections. */
    void begin(long term, boolean toWrite, Outbox<RdmaPmemMessage> out) {
        leaderTerm = term;
        writes = toWrite;
        attempt++;
        step = Step.CONNECTING;
        links.forEach(link -> link.begin(domain, completionQueue, queueDepth));
        ask(out);
    }

    /** Gives up what was reached. */
    void detach() {
        step = Step.DETACHED;
    }

    /** Asks again for whatever has not been answered. */
    void ask(Outbox<RdmaPmemMessage> out) {
        long credential = Topology.credential(self);
        switch (step) {
            case CONNECTING -> {
                for (Link link : links) {
                    if (!link.isConnected()) {
                        out.send(link.unit(), new Connect(credential, attempt, link.queuePair()));
                    }
                }
            }
            case CREATING ->
                    out.send(
                            manager(),
                            new Create(
                                    credential,
                                    leaderTerm,
                                    region,
                                    setup.layout().regionBytes(region)));
            case DELETING -> out.send(manager(), new Delete(credential, leaderTerm, region));
            case OPENING -> {
                List<Integer> known = setup.rules().keysWithoutOpening(writes, region);
                if (known != null) {
                    opened(known, out);
                } else {
                    out.send(manager(), new Open(credential, leaderTerm, attempt, region, writes));
                }
            }
            case REFUSED -> begin(leaderTerm, writes, out);
            case DETACHED, ATTACHED -> {
                // Nothing is asked for.
            }
        }
    }

    /** PMU-9: a unit has made its end of the connection. */
    void connected(NodeId origin, Connected reply, Outbox<RdmaPmemMessage> out) {
        Link link = links.get(setup.topology().unit(origin));
        if (step != Step.CONNECTING || reply.attempt() != attempt || link.isConnected()) {
            return;
        }
        link.connected(reply.queuePair(), attempt, setup.settings());
        if (links.stream().allMatch(Link::isConnected)) {
            region = 0;
            step = writes ? Step.CREATING : Step.OPENING;
            ask(out);
        }
    }

    /** Takes a reply to what was asked last; of others, late, nothing depends. */
    void replied(AccessReply reply, Outbox<RdmaPmemMessage> out) {
        switch (reply) {
            case Created(int of, long length) when step == Step.CREATING && of == region -> {
                if (length == setup.layout().regionBytes(region)) {
                    nextRegion(Step.CREATING, Step.OPENING);
                } else {
                    // Laid out under other settings: its sets mean nothing here.
                    step = Step.DELETING;
                }
                ask(out);
            }
            // The unit ended our connection with the region.
            case Deleted(int of) when step == Step.DELETING && of == region ->
                    begin(leaderTerm, writes, out);
            case Opened(long in, int of, List<Integer> rkeys)
                    when step == Step.OPENING && in == attempt && of == region ->
                    opened(rkeys, out);
            // With the next heartbeat it begins anew.
            case NotOpened(long in, int _) when step == Step.OPENING && in == attempt ->
                    step = Step.REFUSED;
            case Created _, Deleted _, Opened _, NotOpened _, Closed _ -> {
                // Answered before, or access has ended.
            }
        }
    }

    /** PMU-10: the keys that work on this connection alone. */
    private void opened(List<Integer> rkeys, Outbox<RdmaPmemMessage> out) {
        for (int unit = 0; unit < links.size(); unit++) {
            links.get(unit).opened(region, rkeys.get(unit));
        }
        nextRegion(Step.OPENING, Step.ATTACHED);
        ask(out);
    }

    private void nextRegion(Step same, Step then) {
        if (++region < setup.settings().regions()) {
            step = same;
        } else {
            region = 0;
            step = then;
        }
    }

    /** Tells the manager that access is no longer needed. */
    void close(Outbox<RdmaPmemMessage> out) {
        if (step == Step.ATTACHED) {
            for (int r = 0; r < setup.settings().regions(); r++) {
                out.send(manager(), new Close(Topology.credential(self), attempt, r));
            }
        }
        step = Step.DETACHED;
    }

    String waitsFor() {
        return switch (step) {
            case DETACHED, ATTACHED -> "access";
            case CONNECTING -> "connections to the units";
            case CREATING -> "the creation of " + Layout.regionName(region);
            case DELETING -> "the deletion of " + Layout.regionName(region);
            case OPENING, REFUSED -> "the opening of " + Layout.regionName(region);
        };
    }
}
