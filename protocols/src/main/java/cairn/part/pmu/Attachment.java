package cairn.part.pmu;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.Verbs;
import cairn.part.pmu.PmuMessage.AccessReply;
import cairn.part.pmu.PmuMessage.Close;
import cairn.part.pmu.PmuMessage.Closed;
import cairn.part.pmu.PmuMessage.Connect;
import cairn.part.pmu.PmuMessage.Connected;
import cairn.part.pmu.PmuMessage.Create;
import cairn.part.pmu.PmuMessage.Created;
import cairn.part.pmu.PmuMessage.Delete;
import cairn.part.pmu.PmuMessage.Deleted;
import cairn.part.pmu.PmuMessage.NotOpened;
import cairn.part.pmu.PmuMessage.Open;
import cairn.part.pmu.PmuMessage.Opened;
import cairn.part.pmu.PmuMessage.Petition;
import cairn.part.pmu.PmuMessage.Reply;
import cairn.part.pmu.PmuMessage.TakeOver;

import java.util.ArrayList;
import java.util.List;

/**
 * How a client comes to access the regions: it connects to each unit, then creates (to write) and
 * opens one region after the other through the manager (PMU-1, PMU-12). It asks again with every
 * {@link #askAgain}, of the other manager if one owes an answer.
 */
public final class Attachment<M extends Message> {

    /** How much of the beginning of a client's buffers is the attachment's. */
    public static final long BUFFER_BYTES = 8192;

    private final Pmu<M> pmu;
    private final NodeId self;
    private final int queueDepth;
    private final List<Link> links = new ArrayList<>();
    private int incarnation;
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

    /**
     * A client's way to its regions.
     *
     * @param queueDepth how many requests to one unit may be under way
     */
    public Attachment(Pmu<M> pmu, NodeId self, int queueDepth) {
        this.pmu = pmu;
        this.self = self;
        this.queueDepth = queueDepth;
    }

    /** Prepares the adapter; all of the node's buffers can be written from and read into. */
    public void boot(int ofNode, Outbox<M> out) {
        incarnation = ofNode;
        attempt = (incarnation + 1L) << 24;
        Verbs verbs = out.verbs();
        domain = verbs.allocateDomain();
        int units = pmu.units().size();
        completionQueue = verbs.createCompletionQueue(units * (queueDepth + 16) + 64);
        int lkey = Link.registerBuffers(domain, out);
        for (NodeId unit : pmu.units()) {
            long control = links.size() * Link.CONTROL_BYTES;
            int regions = pmu.regions().size();
            links.add(new Link(unit, verbs, out.buffers(), lkey, control, regions));
        }
    }

    /** Whether all regions are open. */
    public boolean isAttached() {
        return step == Step.ATTACHED;
    }

    /** Whether nothing is open, and nothing asked for. */
    public boolean isDetached() {
        return step == Step.DETACHED;
    }

    /** The links to all units. */
    public List<Link> links() {
        return links;
    }

    /** The number of the link with a queue pair, or -1 if it is one of an earlier attempt. */
    public int linkOf(int queuePair) {
        for (int unit = 0; unit < links.size(); unit++) {
            if (links.get(unit).queuePair() == queuePair) {
                return unit;
            }
        }
        return -1;
    }

    // ---- the manager

    private void ask(Petition petition, Outbox<M> out) {
        pmu.send(pmu.managers().get(manager), petition, out);
    }

    /**
     * Asks the manager to be the one that writes, under the term after the one observed; with -1
     * only which term that is. {@link PmuMessage.Led} or {@link PmuMessage.Denied} is the answer.
     */
    public void askToLead(long observedTerm, Outbox<M> out) {
        ask(new TakeOver(Pmu.credential(self), incarnation, observedTerm), out);
    }

    /** The same, after a silence: perhaps the other manager is the active one. */
    public void askToLeadAgain(long observedTerm, Outbox<M> out) {
        manager = 1 - manager;
        askToLead(observedTerm, out);
    }

    /** Asks again for whatever has not been answered. */
    public void askAgain(Outbox<M> out) {
        if (step == Step.CREATING || step == Step.DELETING || step == Step.OPENING) {
            manager = 1 - manager;
        }
        goOn(out);
    }

    /** Takes a manager's reply, which is the active one. */
    public void replied(NodeId origin, Reply reply, Outbox<M> out) {
        manager = pmu.managers().indexOf(origin);
        if (reply instanceof AccessReply access) {
            replied(access, out);
        }
    }

    // ---- attaching

    /** Begins anew, with fresh connections. */
    public void begin(long term, boolean toWrite, Outbox<M> out) {
        leaderTerm = term;
        writes = toWrite;
        attempt++;
        step = Step.CONNECTING;
        links.forEach(link -> link.begin(domain, completionQueue, queueDepth));
        goOn(out);
    }

    /** Gives up what was reached. */
    public void detach() {
        step = Step.DETACHED;
    }

    private void goOn(Outbox<M> out) {
        long credential = Pmu.credential(self);
        switch (step) {
            case CONNECTING -> {
                for (Link link : links) {
                    if (!link.isConnected()) {
                        Connect connect = new Connect(credential, attempt, link.queuePair());
                        pmu.send(link.unit(), connect, out);
                    }
                }
            }
            case CREATING ->
                    ask(new Create(credential, leaderTerm, region, pmu.regions().get(region)), out);
            case DELETING -> ask(new Delete(credential, leaderTerm, region), out);
            case OPENING -> {
                List<Integer> known = pmu.rules().keysWithoutOpening(writes, region);
                if (known != null) {
                    opened(known, out);
                } else {
                    ask(new Open(credential, leaderTerm, attempt, region, writes), out);
                }
            }
            case REFUSED -> begin(leaderTerm, writes, out);
            case DETACHED, ATTACHED -> {
                // Nothing is asked for.
            }
        }
    }

    /** PMU-9: a unit has made its end of the connection. */
    public void connected(NodeId origin, Connected reply, Outbox<M> out) {
        Link link = links.get(pmu.units().indexOf(origin));
        if (step != Step.CONNECTING || reply.attempt() != attempt || link.isConnected()) {
            return;
        }
        link.connected(reply.queuePair(), attempt, pmu.settings());
        if (links.stream().allMatch(Link::isConnected)) {
            region = 0;
            step = writes ? Step.CREATING : Step.OPENING;
            goOn(out);
        }
    }

    /** Takes a reply to what was asked last; of others, late, nothing depends. */
    private void replied(AccessReply reply, Outbox<M> out) {
        switch (reply) {
            case Created(int of, long length) when step == Step.CREATING && of == region -> {
                if (length == pmu.regions().get(region)) {
                    nextRegion(Step.CREATING, Step.OPENING);
                } else {
                    // Laid out under other settings: what is in it means nothing here.
                    step = Step.DELETING;
                }
                goOn(out);
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
    private void opened(List<Integer> rkeys, Outbox<M> out) {
        for (int unit = 0; unit < links.size(); unit++) {
            links.get(unit).opened(region, rkeys.get(unit));
        }
        nextRegion(Step.OPENING, Step.ATTACHED);
        goOn(out);
    }

    private void nextRegion(Step same, Step then) {
        if (++region < pmu.regions().size()) {
            step = same;
        } else {
            region = 0;
            step = then;
        }
    }

    /** Tells the manager that access is no longer needed. */
    public void close(Outbox<M> out) {
        if (step == Step.ATTACHED) {
            for (int r = 0; r < pmu.regions().size(); r++) {
                ask(new Close(Pmu.credential(self), attempt, r), out);
            }
        }
        step = Step.DETACHED;
    }

    /** One clause that says what it waits for. */
    public String waitsFor() {
        return switch (step) {
            case DETACHED, ATTACHED -> "access";
            case CONNECTING -> "connections to the units";
            case CREATING -> "the creation of " + Directory.nameOf(region);
            case DELETING -> "the deletion of " + Directory.nameOf(region);
            case OPENING, REFUSED -> "the opening of " + Directory.nameOf(region);
        };
    }
}
