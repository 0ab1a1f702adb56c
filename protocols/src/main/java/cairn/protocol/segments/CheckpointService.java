package cairn.protocol.segments;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.StableFile;
import cairn.part.name.Decision;
import cairn.part.name.NameRegister;
import cairn.part.name.Registration;
import cairn.part.register.RegisterMessage;
import cairn.part.replica.Holder;
import cairn.part.replica.ReplicaMessage.FromHolder;
import cairn.part.replica.ReplicaMessage.ToHolder;
import cairn.protocol.segments.SegmentsMessage.OfRegister;
import cairn.protocol.segments.SegmentsMessage.OfReplicas;
import cairn.protocol.segments.SegmentsMessage.ToApplication;
import cairn.protocol.segments.SegmentsMessage.ToHost;

import org.jspecify.annotations.Nullable;

/**
 * The checkpoint service of a node, a process apart from the application (CS-1): it decides about
 * the name with the others, holds copies for them, and has others hold those of its own
 * application.
 */
final class CheckpointService implements Node<SegmentsMessage> {

    private static final long NAMES_TOKEN = 0;
    private static final long HOLDER_TOKEN = StableFile.TOKENS;
    private static final long TICK = HOLDER_TOKEN + Holder.TOKENS;

    private final Setup setup;
    private final NameRegister<SegmentsMessage> names;
    private final Holder<SegmentsMessage> holder;
    private final @Nullable Host host;

    CheckpointService(Setup setup, NodeId self) {
        this.setup = setup;
        names = setup.names(self, NAMES_TOKEN);
        holder = new Holder<>(setup.replicas(), self, HOLDER_TOKEN);
        host = setup.topology().isAble(self) ? new Host(setup, self, names) : null;
    }

    @Override
    public void boot(Boot boot, Outbox<SegmentsMessage> out) {
        names.boot(boot.incarnation(), out);
        holder.boot(boot.incarnation(), out);
        out.arm(TICK, setup.settings().heartbeatNanos());
    }

    /** Until it has read what it had stored it is as good as down. */
    private boolean isReady() {
        return names.journal().isReady() && holder.isReady();
    }

    @Override
    public void on(Event<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
        switch (event) {
            case Event.OfDisk<?> disk -> {
                if (names.journal().owns(disk.token())) {
                    names.journal().onDisk(disk, out);
                } else {
                    holder.onDisk(disk, out);
                }
            }
            case Event.Fired(long timer) -> fired(timer, out);
            case Event.Computed(long token) -> {
                if (host != null) {
                    host.computed(token, out);
                }
            }
            case Event.Delivered(NodeId from, SegmentsMessage message) -> {
                out.spend(setup.costs().messageNanos());
                if (isReady()) {
                    delivered(from, message, out);
                }
            }
            case Event.Asked<?> _, Event.Answered<?> _, Event.OfNic<?> _ ->
                    throw new IllegalStateException("not for a checkpoint service: " + event);
        }
    }

    private void fired(long timer, Outbox<SegmentsMessage> out) {
        if (timer == TICK) {
            out.arm(TICK, setup.settings().heartbeatNanos());
            if (isReady()) {
                names.tick(out);
                if (host != null) {
                    host.tick(out);
                }
            }
        } else if (names.journal().owns(timer)) {
            names.journal().fired(out);
        } else {
            holder.fired(timer, out);
        }
    }

    private void delivered(NodeId from, SegmentsMessage message, Outbox<SegmentsMessage> out) {
        switch (message) {
            case OfReplicas(ToHolder toHolder) -> holder.on(from, toHolder, out);
            case OfReplicas(FromHolder fromHolder) -> {
                if (host != null) {
                    host.on(from, fromHolder, out);
                }
            }
            case OfRegister(RegisterMessage<Registration> said) -> {
                Decision decision = names.on(from, said, out);
                if (decision != null && host != null) {
                    host.decided(decision, out);
                }
            }
            // CS-9: where the application cannot run there is nothing to register and to load.
            case ToHost toHost -> {
                if (host != null) {
                    host.on(toHost, out);
                }
            }
            case ToApplication _ ->
                    throw new IllegalStateException("not for a checkpoint service: " + message);
        }
    }

    @Override
    public String waitsFor() {
        if (!isReady()) {
            return "its disk";
        }
        if (names.isBusy()) {
            return "a majority about the name";
        }
        return host == null ? "copies" : host.waitsFor();
    }
}
