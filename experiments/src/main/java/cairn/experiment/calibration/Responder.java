package cairn.experiment.calibration;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.Outbox;
import cairn.model.verbs.Access;
import cairn.model.verbs.Extent;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.WorkRequest;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Lets the requester into its persistent memory, and echoes what it is sent. */
final class Responder implements Node<Hello> {

    private static final long NONE = -1;

    private final ProbeSettings settings;
    private @Nullable Connection connection;
    private long session = NONE;
    private int rkey;

    Responder(ProbeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void boot(Boot boot, Outbox<Hello> out) {
        connection = new Connection(settings.sizeBytes(), out);
    }

    @Override
    public void on(Event<Hello> event, Outbox<Hello> out) {
        if (connection == null) {
            throw new IllegalStateException("an event before the start: " + event);
        }
        switch (event) {
            case Event.Delivered<Hello>(var _, Hello hello) -> greeted(connection, hello, out);
            case Event.Completed<Hello>(var completion)
                    when completion.opcode() == Opcode.RECEIVE
                            && completion.queuePair() == connection.queuePair() -> {
                connection.post(new WorkRequest.Send(1, connection.payload()), out);
                connection.receive(out);
            }
            // The other completions are of echoes, or failed: nothing depends on them here, and the
            // requester notices by itself.
            case Event.Completed<Hello> _, Event.Raised<Hello> _ -> {}
            case Event.Fired<Hello> _,
                    Event.Asked<Hello> _,
                    Event.Answered<Hello> _,
                    Event.Computed<Hello> _,
                    Event.Persisted<Hello> _,
                    Event.OfDisk<Hello> _ ->
                    throw new IllegalStateException("not for a responder: " + event);
        }
    }

    private void greeted(Connection own, Hello hello, Outbox<Hello> out) {
        if (hello.session() < session) {
            // Overtaken by a later one.
            return;
        }
        if (session == NONE) {
            admit(own, out);
        } else if (hello.session() > session) {
            own.renew(out);
        }
        if (hello.session() > session) {
            session = hello.session();
            own.connect(Probe.REQUESTER, hello.queuePair(), allowed(), out);
        }
        out.send(Probe.REQUESTER, new Hello(session, own.queuePair(), rkey));
    }

    /**
     * What the requester may do. Where the platform has no persistent flush, registering for it is
     * refused: it is asked for only to be used.
     */
    private Set<Access> allowed() {
        Set<Access> allowed = EnumSet.copyOf(Connection.RIGHTS);
        if (settings.operation() == ProbeSettings.Operation.WRITE_FLUSH) {
            allowed.add(Access.FLUSH_PERSISTENT);
        }
        return allowed;
    }

    private void admit(Connection own, Outbox<Hello> out) {
        Set<Access> rights = EnumSet.of(Access.LOCAL_WRITE);
        rights.addAll(allowed());
        var range = new Extent(0, settings.sizeBytes());
        rkey =
                out.verbs()
                        .register(own.domain(), MemoryKind.PERSISTENT, List.of(range), rights)
                        .rkey();
        out.claim(new Fact.Laid(Probe.RESPONDER, "probe", 0, range.length()));
        out.claim(new Fact.Authenticated(Probe.RESPONDER, Probe.REQUESTER));
        out.claim(new Fact.Granted(Probe.RESPONDER, "probe", Probe.REQUESTER, allowed(), 1));
    }

    @Override
    public String waitsFor() {
        return "the requester";
    }
}
