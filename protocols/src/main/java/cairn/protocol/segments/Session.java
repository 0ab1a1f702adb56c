package cairn.protocol.segments;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Patience;
import cairn.part.name.NameRegister;
import cairn.part.replica.Copy;
import cairn.part.replica.LocalStorage;
import cairn.part.replica.Member;
import cairn.part.replica.Membership;
import cairn.part.replica.Origin;
import cairn.part.replica.ReplicaMessage.Holds;
import cairn.part.replica.Segment;
import cairn.protocol.segments.SegmentsMessage.Alive;
import cairn.protocol.segments.SegmentsMessage.Attached;
import cairn.protocol.segments.SegmentsMessage.Complete;
import cairn.protocol.segments.SegmentsMessage.Confirm;
import cairn.protocol.segments.SegmentsMessage.Confirmed;
import cairn.protocol.segments.SegmentsMessage.Loaded;
import cairn.protocol.segments.SegmentsMessage.OfSession;
import cairn.protocol.segments.SegmentsMessage.Put;
import cairn.protocol.segments.SegmentsMessage.Safe;
import cairn.protocol.segments.SegmentsMessage.Stored;
import cairn.protocol.segments.SegmentsMessage.ToApplication;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a service does for the application of its node while that has the name under a term: takes
 * what it stores, has it replicated, and tells it what is safe.
 */
final class Session {

    private static final long NONE = -1;

    private final Setup setup;
    private final NodeId application;
    private final NameRegister<SegmentsMessage> names;
    private final Origin<SegmentsMessage> origin;
    private final LocalStorage storage;
    private final Patience patience = new Patience(2, 256);
    private final int incarnation;
    private final boolean takenUp;
    private @Nullable Copy loaded;
    private long toldSafe = NONE;
    private long toldConfirmed;

    /**
     * A session of one incarnation of the application.
     *
     * @param loaded what the application is to go on from; null if it goes on from where it is
     */
    Session(
            Setup setup,
            NodeId self,
            NameRegister<SegmentsMessage> names,
            Membership membership,
            int incarnation,
            @Nullable Copy loaded) {
        this.setup = setup;
        this.application = setup.topology().applicationOf(self);
        this.names = names;
        this.incarnation = incarnation;
        this.loaded = loaded;
        takenUp = loaded == null;
        origin = new Origin<>(setup.replicas(), self, membership);
        storage =
                new LocalStorage(
                        setup.replicas(),
                        setup.settings().segments(),
                        loaded == null ? Copy.NOTHING : loaded);
    }

    void start(Outbox<SegmentsMessage> out) {
        origin.tick(out);
        if (loaded != null) {
            origin.replicate(loaded, out);
            tell(new Loaded(incarnation, loaded), out);
        }
    }

    long term() {
        return origin.term();
    }

    private void tell(ToApplication message, Outbox<SegmentsMessage> out) {
        out.send(application, message);
    }

    void tick(Outbox<SegmentsMessage> out) {
        origin.tick(out);
        goOn(out);
    }

    /** The application lives, under this term or, if it was not told yet, under an earlier one. */
    void beat(long ofTerm, Outbox<SegmentsMessage> out) {
        if (ofTerm == term()) {
            Alive alive = new Alive(ofTerm);
            watching().forEach(place -> out.send(place, alive));
        } else if (loaded != null && patience.isOver()) {
            tell(new Loaded(incarnation, loaded), out);
        }
    }

    private List<NodeId> watching() {
        return switch (setup.settings().loadedBy()) {
            case APPLICATION -> setup.topology().applications();
            case SERVICE -> setup.topology().services().subList(0, setup.settings().ableNodes());
            case AGENT -> setup.topology().agents();
        };
    }

    void on(OfSession message, Outbox<SegmentsMessage> out) {
        switch (message) {
            case Put(long _, Segment segment) -> storage.put(segment);
            case Complete complete -> {
                if (storage.complete(complete.version(), complete.changed())) {
                    loaded = null;
                    toldSafe = Math.min(toldSafe, complete.version() - 1);
                    tell(new Stored(complete.term(), complete.version()), out);
                } else if (takenUp) {
                    // The application takes it for stored by the process that was here before: it
                    // has not heard of this one.
                    tell(new Attached(complete.term()), out);
                }
                goOn(out);
            }
            case Confirm(long _, long number) -> {
                origin.confirm(number, out);
                toldConfirmed = Math.min(toldConfirmed, number - 1);
                goOn(out);
            }
        }
    }

    void computed(long token, Outbox<SegmentsMessage> out) {
        Copy current = origin.current();
        long former = current == null ? 0 : current.version();
        Copy copy = storage.computed(token, term(), former, out);
        if (copy != null) {
            origin.replicate(copy, out);
        }
        goOn(out);
    }

    /** Takes an answer; false if it shows that another term began. */
    boolean holds(NodeId from, Holds holds, Outbox<SegmentsMessage> out) {
        boolean ours = origin.holds(from, holds, out);
        if (ours) {
            goOn(out);
        }
        return ours;
    }

    /** The registration of the members was decided about; false if the name is another's by now. */
    boolean registered(Membership decided, Outbox<SegmentsMessage> out) {
        boolean ours = origin.registered(decided, out);
        if (ours) {
            goOn(out);
        }
        return ours;
    }

    /** Does whatever can be done next. */
    private void goOn(Outbox<SegmentsMessage> out) {
        List<Member> members = names.isBusy() ? null : origin.membersToRegister();
        if (members != null) {
            names.nameMembers(term(), members, out);
        }
        Copy current = origin.current();
        if (current != null && origin.isSafe() && current.version() > toldSafe) {
            toldSafe = current.version();
            tell(new Safe(term(), toldSafe), out);
        }
        if (current == null || origin.isSafe()) {
            storage.read(current == null ? NONE : current.version(), out);
        }
        if (origin.confirmed() > toldConfirmed) {
            toldConfirmed = origin.confirmed();
            tell(new Confirmed(term(), toldConfirmed), out);
        }
    }

    String waitsFor() {
        return origin.waitsFor();
    }
}
