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

    private final ProbeSettings settings;
    private @Nullable Connection connection;

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
            case Event.Delivered<Hello>(var _, Hello(int queuePair, int _)) ->
                    admit(connection, queuePair, out);
            case Event.Completed<Hello>(var completion)
                    when completion.opcode() == Opcode.RECEIVE -> {
                connection.post(new WorkRequest.Send(1, connection.payload()), out);
                connection.receive(out);
            }
            // The other completions are of echoes: nothing depends on them.
            case Event.Completed<Hello> _ -> {}
            case Event.Fired<Hello> _,
                    Event.Asked<Hello> _,
                    Event.Answered<Hello> _,
                    Event.Computed<Hello> _,
                    Event.Persisted<Hello> _,
                    Event.Raised<Hello> _,
                    Event.OfDisk<Hello> _ ->
                    throw new IllegalStateException("not for a responder: " + event);
        }
    }

    private void admit(Connection own, int queuePair, Outbox<Hello> out) {
        Set<Access> rights = EnumSet.of(Access.LOCAL_WRITE);
        rights.addAll(Connection.RIGHTS);
        Set<Access> allowed = EnumSet.copyOf(Connection.RIGHTS);
        // Where the platform has no persistent flush, registering for it is refused: ask for it
        // only to use it.
        if (settings.operation() == ProbeSettings.Operation.WRITE_FLUSH) {
            rights.add(Access.FLUSH_PERSISTENT);
            allowed.add(Access.FLUSH_PERSISTENT);
        }
        var range = new Extent(0, settings.sizeBytes());
        int rkey =
                out.verbs()
                        .register(own.domain(), MemoryKind.PERSISTENT, List.of(range), rights)
                        .rkey();
        out.claim(new Fact.Laid(Probe.RESPONDER, "probe", 0, range.length()));
        out.claim(new Fact.Authenticated(Probe.RESPONDER, Probe.REQUESTER));
        out.claim(new Fact.Granted(Probe.RESPONDER, "probe", Probe.REQUESTER, allowed, 1));
        own.connect(Probe.REQUESTER, queuePair, allowed, out);
        out.send(Probe.REQUESTER, new Hello(own.queuePair(), rkey));
    }

    @Override
    public String waitsFor() {
        return "the requester";
    }
}
