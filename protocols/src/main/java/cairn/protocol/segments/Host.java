package cairn.protocol.segments;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.name.Decision;
import cairn.part.name.Decision.MembersNamed;
import cairn.part.name.Decision.Registered;
import cairn.part.name.Decision.SetFree;
import cairn.part.name.Decision.TakenUp;
import cairn.part.name.NameRegister;
import cairn.part.name.Registration;
import cairn.part.replica.Copy;
import cairn.part.replica.Loader;
import cairn.part.replica.Membership;
import cairn.part.replica.ReplicaMessage.FromHolder;
import cairn.part.replica.ReplicaMessage.Holds;
import cairn.part.replica.ReplicaMessage.Piece;
import cairn.part.replica.ReplicaMessage.Replicate;
import cairn.protocol.segments.SegmentsMessage.Alive;
import cairn.protocol.segments.SegmentsMessage.Attached;
import cairn.protocol.segments.SegmentsMessage.Beat;
import cairn.protocol.segments.SegmentsMessage.Denied;
import cairn.protocol.segments.SegmentsMessage.Deposed;
import cairn.protocol.segments.SegmentsMessage.OfReplicas;
import cairn.protocol.segments.SegmentsMessage.OfSession;
import cairn.protocol.segments.SegmentsMessage.Put;
import cairn.protocol.segments.SegmentsMessage.Register;
import cairn.protocol.segments.SegmentsMessage.ToHost;
import cairn.protocol.segments.SegmentsMessage.Unregister;

import org.jspecify.annotations.Nullable;

/**
 * A checkpoint service as the application of its own node sees it: registers the name for it, loads
 * what is stored, and serves it while it has the name.
 */
final class Host {

    private static final int UNKNOWN = -1;
    private static final long NOTHING = 0;

    private final Setup setup;
    private final NodeId self;
    private final NodeId application;
    private final NameRegister<SegmentsMessage> names;
    private final @Nullable Watch watch;
    private @Nullable Loader<SegmentsMessage> loader;
    private @Nullable Session session;
    private int incarnation = UNKNOWN;
    private long takingUp;

    /** The host of a node that can run the application (CS-9). */
    Host(Setup setup, NodeId self, NameRegister<SegmentsMessage> names) {
        this.setup = setup;
        this.self = self;
        this.application = setup.topology().applicationOf(self);
        this.names = names;
        watch = Watch.of(setup.settings(), Requester.SERVICE, application.index());
    }

    void tick(Outbox<SegmentsMessage> out) {
        if (loader != null) {
            loader.tick(out);
            finishLoading(out);
        } else if (session != null) {
            session.tick(out);
        } else if (watch != null && watch.tick(out)) {
            // CS-5: the service on another node asks for the segments there.
            register(watch.term(), out);
        }
    }

    void on(ToHost message, Outbox<SegmentsMessage> out) {
        switch (message) {
            case Alive(long term) -> heard(term);
            case Beat(long term, int living) -> beat(term, living, out);
            case Register(long afterTerm) -> register(afterTerm, out);
            case OfSession ofSession -> {
                if (ofSession instanceof Put put) {
                    out.spend(setup.costs().memcpyNanos(put.segment().length()));
                }
                if (session != null && isOf(ofSession.term())) {
                    session.on(ofSession, out);
                }
            }
            case Unregister(long term) -> {
                if (isOf(term) && !names.isBusy()) {
                    names.setFree(term, out);
                }
            }
        }
    }

    void on(NodeId from, FromHolder message, Outbox<SegmentsMessage> out) {
        switch (message) {
            case Holds holds -> holds(from, holds, out);
            case Piece piece -> {
                out.spend(setup.costs().checksumNanos(piece.segment().length()));
                if (loader != null) {
                    loader.piece(from, piece, out);
                    finishLoading(out);
                }
            }
        }
    }

    private void heard(long term) {
        if (watch != null) {
            watch.heard(term);
        }
    }

    private boolean isOf(long term) {
        return session != null && session.term() == term;
    }

    private void holds(NodeId from, Holds holds, Outbox<SegmentsMessage> out) {
        if (loader != null) {
            loader.holds(from, holds, out);
            finishLoading(out);
        } else if (session != null && !session.holds(from, holds, out)) {
            deposed(holds.term(), out);
        }
    }

    private void beat(long term, int living, Outbox<SegmentsMessage> out) {
        if (living < incarnation) {
            return;
        }
        if (living > incarnation) {
            // The process that had the name is gone, and with it what it had not stored.
            incarnation = living;
            session = null;
            takingUp = NOTHING;
        }
        if (session != null) {
            session.beat(term, out);
        } else if (term > 0 && loader == null && !names.isBusy()) {
            // CS-1, CS-11: the service started again; its application has the name, and goes on.
            takingUp = term;
            names.takeUp(out);
        }
    }

    // ---- the name

    /** CS-1, CS-5, CS-10: the name for this node's application, if it is as it was observed. */
    private void register(long afterTerm, Outbox<SegmentsMessage> out) {
        if (session != null || loader != null || names.isBusy() || incarnation == UNKNOWN) {
            return;
        }
        names.register(application, afterTerm, out);
    }

    /** A round about the name that was begun here has come to its end. */
    void decided(Decision decision, Outbox<SegmentsMessage> out) {
        switch (decision) {
            case Registered(Registration now, boolean isOurs) -> {
                if (isOurs) {
                    out.claim(new Fact.Registered(setup.name(), application, now.term()));
                    loader = new Loader<>(setup.replicas(), now.membership());
                    loader.start(out);
                    finishLoading(out);
                } else {
                    denied(now.term(), out);
                }
            }
            case TakenUp(Registration now) -> {
                if (takingUp == NOTHING) {
                    return;
                }
                if (now.isHeldBy(application) && now.term() == takingUp) {
                    become(now.membership(), null, out);
                    out.send(application, new Attached(now.term()));
                } else {
                    deposed(now.term(), out);
                }
            }
            case MembersNamed(Registration now) -> {
                if (session != null && !session.registered(now.membership(), out)) {
                    deposed(now.term(), out);
                }
            }
            // CS-13: what was stored under the name is dropped.
            case SetFree(Registration now) -> {
                if (now.holder() == null) {
                    drop(now.term(), out);
                }
                deposed(now.term(), out);
            }
        }
    }

    private void denied(long term, Outbox<SegmentsMessage> out) {
        heard(term);
        Denied denied = new Denied(term);
        out.send(application, denied);
        for (NodeId agent : setup.topology().agents()) {
            out.send(agent, denied);
        }
    }

    /** Who does not hear of it keeps a copy that nobody loads, until the next takes its place. */
    private void drop(long term, Outbox<SegmentsMessage> out) {
        Replicate nothing = new Replicate(self, Copy.NOTHING.under(term), 0);
        setup.topology()
                .domains()
                .holders()
                .forEach(place -> out.send(place, new OfReplicas(nothing)));
    }

    private void deposed(long term, Outbox<SegmentsMessage> out) {
        session = null;
        out.send(application, new Deposed(term));
    }

    void computed(long token, Outbox<SegmentsMessage> out) {
        if (session != null) {
            session.computed(token, out);
        }
    }

    /** CS-5: what was loaded goes to this node's storage, and the application goes on from it. */
    private void finishLoading(Outbox<SegmentsMessage> out) {
        Loader<SegmentsMessage> finished = loader;
        Copy copy = finished == null ? null : finished.loaded();
        if (finished != null && copy != null) {
            loader = null;
            become(finished.membership(), copy, out);
        }
    }

    private void become(Membership membership, @Nullable Copy copy, Outbox<SegmentsMessage> out) {
        Session fresh = new Session(setup, self, names, membership, incarnation, copy);
        session = fresh;
        fresh.start(out);
    }

    String waitsFor() {
        if (loader != null) {
            return loader.waitsFor();
        }
        return session == null ? "requests" : session.waitsFor();
    }
}
