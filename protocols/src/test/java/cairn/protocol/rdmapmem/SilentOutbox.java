package cairn.protocol.rdmapmem;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;
import cairn.model.memory.PersistentMemoryPort;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.storage.Disk;
import cairn.model.verbs.Verbs;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is sent and claimed, and has no devices. */
final class SilentOutbox implements Outbox<RdmaPmemMessage> {

    private final List<Sent> sent = new ArrayList<>();
    private final List<Fact> claimed = new ArrayList<>();

    record Sent(NodeId to, RdmaPmemMessage message) {}

    /** What was sent since the last call. */
    List<Sent> takeSent() {
        List<Sent> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** What was claimed since the last call. */
    List<Fact> takeClaimed() {
        List<Fact> taken = List.copyOf(claimed);
        claimed.clear();
        return taken;
    }

    @Override
    public void send(NodeId to, RdmaPmemMessage message) {
        sent.add(new Sent(to, message));
    }

    @Override
    public void arm(long timer, long delayNanos) {}

    @Override
    public void disarm(long timer) {}

    @Override
    public void answer(Response response) {}

    @Override
    public void ask(NodeId server, Request request, long lateNanos) {}

    @Override
    public void claim(Fact fact) {
        claimed.add(fact);
    }

    @Override
    public void spend(long nanos) {}

    @Override
    public long interrupt(long token) {
        return 0;
    }

    @Override
    public void compute(long token, long nanos) {}

    @Override
    public void halt(String reason) {}

    @Override
    public long clockNanos() {
        return 0;
    }

    @Override
    public Choice choice(String name, Law law) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long input() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PagedMemory memory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Memory buffers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PersistentMemoryPort persistentMemory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Verbs verbs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Disk disk() {
        throw new UnsupportedOperationException();
    }
}
