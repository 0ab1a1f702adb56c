package cairn.protocol;

import cairn.fault.CalmChoices;
import cairn.model.Fact;
import cairn.model.Message;
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

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The outbox of a node, or of a part, that is tested by itself: keeps what was asked for, and
 * carries nothing out. A memory and a disk are there if the test gives them.
 */
public final class RecordingOutbox<M extends Message> implements Outbox<M> {

    private final PagedMemory memory;
    private final @Nullable Disk disk;
    private final List<Sent<M>> sent = new ArrayList<>();
    private final List<Fact> claimed = new ArrayList<>();
    private final List<Response> answered = new ArrayList<>();
    private final List<Long> computing = new ArrayList<>();
    private final NavigableMap<Long, Long> armed = new TreeMap<>();
    private long spent;
    private boolean halted;

    /** A message and who is to have it. */
    public record Sent<M>(NodeId to, M message) {}

    public RecordingOutbox(long memoryBytes, @Nullable Disk disk) {
        this.memory = new PagedMemory(memoryBytes);
        this.disk = disk;
    }

    private static <T> List<T> taken(List<T> kept) {
        List<T> taken = List.copyOf(kept);
        kept.clear();
        return taken;
    }

    /** What was sent since the last call. */
    public List<Sent<M>> takeSent() {
        return taken(sent);
    }

    /** What was claimed since the last call. */
    public List<Fact> takeClaimed() {
        return taken(claimed);
    }

    /** What was answered since the last call. */
    public List<Response> takeAnswered() {
        return taken(answered);
    }

    /** What was handed to another core since the last call. */
    public List<Long> takeComputing() {
        return taken(computing);
    }

    /** The timers that run, and after how long each ends. */
    public NavigableMap<Long, Long> armed() {
        return armed;
    }

    /** How long the event loop was occupied so far. */
    public long spent() {
        return spent;
    }

    public boolean isHalted() {
        return halted;
    }

    @Override
    public void send(NodeId to, M message) {
        sent.add(new Sent<>(to, message));
    }

    @Override
    public void arm(long timer, long delayNanos) {
        armed.put(timer, delayNanos);
    }

    @Override
    public void disarm(long timer) {
        armed.remove(timer);
    }

    @Override
    public void answer(Response response) {
        answered.add(response);
    }

    @Override
    public void ask(NodeId server, Request request, long lateNanos) {
        throw new UnsupportedOperationException("only clients ask");
    }

    @Override
    public void claim(Fact fact) {
        claimed.add(fact);
    }

    @Override
    public void spend(long nanos) {
        spent += nanos;
    }

    @Override
    public long interrupt(long token) {
        return 0;
    }

    @Override
    public void compute(long token, long nanos) {
        computing.add(token);
    }

    @Override
    public void halt(String reason) {
        halted = true;
    }

    @Override
    public long clockNanos() {
        return 0;
    }

    @Override
    public Choice choice(String name, Law law) {
        return new Choice(name, law, new CalmChoices());
    }

    @Override
    public long input() {
        return 0;
    }

    @Override
    public PagedMemory memory() {
        return memory;
    }

    @Override
    public Memory buffers() {
        throw new UnsupportedOperationException("there are no buffers");
    }

    @Override
    public PersistentMemoryPort persistentMemory() {
        throw new UnsupportedOperationException("there is no persistent memory");
    }

    @Override
    public Verbs verbs() {
        throw new UnsupportedOperationException("there is no RDMA interface");
    }

    @Override
    public Disk disk() {
        if (disk == null) {
            throw new UnsupportedOperationException("there is no disk");
        }
        return disk;
    }
}
