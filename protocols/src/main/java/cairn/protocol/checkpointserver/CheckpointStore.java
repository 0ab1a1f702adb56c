package cairn.protocol.checkpointserver;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.Access;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.StableFile;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Fenced;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Restored;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Store;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Stored;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Take;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.EnumSet;

/**
 * The checkpoint server: stores what the primary of the newest term sends, and acknowledges it when
 * it is durable; hands it to the next primary (PA-1). It does one thing after the other, so a
 * checkpoint that is being stored when a new primary asks is either that one's or nobody's.
 */
final class CheckpointStore implements Node<CheckpointServerMessage> {

    /** What copies of the application's state are called. */
    static final String STATE = "state";

    private static final long RETRY_NANOS = 1_000_000;

    private final Topology topology;
    private final CpuCosts costs;
    private final Rules rules;
    private final StableFile termFile = new StableFile("term", 0, RETRY_NANOS);
    private final StableFile stateFile = new StableFile("state", StableFile.TOKENS, RETRY_NANOS);
    private final ArrayDeque<Errand> waiting = new ArrayDeque<>();
    private @Nullable Errand current;
    private @Nullable Checkpoint newest;
    private NodeId holder = new NodeId(0);
    private long highest;
    private boolean ready;

    /** What somebody wants. */
    private record Errand(NodeId origin, CheckpointServerMessage message) {}

    CheckpointStore(Topology topology, CpuCosts costs, Rules rules) {
        this.topology = topology;
        this.costs = costs;
        this.rules = rules;
    }

    @Override
    public void boot(Boot boot, Outbox<CheckpointServerMessage> out) {
        termFile.read(out);
    }

    @Override
    public void on(Event<CheckpointServerMessage> event, Outbox<CheckpointServerMessage> out) {
        switch (event) {
            case Event.Delivered<CheckpointServerMessage>(
                            NodeId origin,
                            CheckpointServerMessage message) -> {
                out.spend(costs.messageNanos());
                Errand errand = new Errand(origin, message);
                // Who sent it sends it again.
                if (ready && !waiting.contains(errand) && !errand.equals(current)) {
                    waiting.add(errand);
                    goOn(out);
                }
            }
            case Event.OfDisk<CheckpointServerMessage> disk -> {
                StableFile file = owner(disk.token());
                switch (file.on(disk, out)) {
                    case ABSENT -> read(file, null, out);
                    case READ -> read(file, file.content(), out);
                    case WRITTEN -> written(file, out);
                    case BROKEN -> out.halt("its disk failed");
                    case UNDER_WAY -> {
                        // The disk is asked for the next step.
                    }
                }
            }
            case Event.Fired<CheckpointServerMessage>(long timer) -> owner(timer).fired(out);
            case Event.Asked<CheckpointServerMessage> _,
                    Event.Answered<CheckpointServerMessage> _,
                    Event.Computed<CheckpointServerMessage> _,
                    Event.OfNic<CheckpointServerMessage> _ ->
                    throw new IllegalStateException("not for the server: " + event);
        }
    }

    /** The file whose a token, or the name of a timer, is. */
    private StableFile owner(long token) {
        return termFile.owns(token) ? termFile : stateFile;
    }

    /** First the term is read, then the state. */
    private void read(
            StableFile file, byte @Nullable [] content, Outbox<CheckpointServerMessage> out) {
        if (file == termFile) {
            if (content != null) {
                ByteReader bytes = new ByteReader(content);
                highest = bytes.number();
                holder = new NodeId(bytes.count());
                claimGranted(out);
            }
            stateFile.read(out);
            return;
        }
        if (content != null) {
            out.spend(costs.checksumNanos(content.length));
            Checkpoint found = Checkpoint.read(content);
            if (found == null) {
                out.halt("its checkpoint is damaged");
                return;
            }
            sealed(found, out);
        }
        ready = true;
    }

    private void written(StableFile file, Outbox<CheckpointServerMessage> out) {
        if (file == termFile) {
            claimGranted(out);
        }
        finish(out);
        goOn(out);
    }

    /** Begins what is asked for next; what needs no disk is done at once. */
    private void goOn(Outbox<CheckpointServerMessage> out) {
        while (current == null && !waiting.isEmpty()) {
            current = waiting.remove();
            switch (current.message()) {
                case Take take -> take(current.origin(), take, out);
                case Store store -> store(current.origin(), store, out);
                case CheckpointServerMessage.Poll _,
                        CheckpointServerMessage.Alive _,
                        CheckpointServerMessage.Replicate _,
                        CheckpointServerMessage.Held _,
                        Restored _,
                        Stored _,
                        Fenced _ ->
                        throw new IllegalStateException("not for the server: " + current);
            }
        }
    }

    private void take(NodeId origin, Take take, Outbox<CheckpointServerMessage> out) {
        if (take.term() > highest) {
            highest = take.term();
            holder = origin;
            termFile.write(new ByteWriter().number(highest).number(holder.index()).toBytes(), out);
        } else {
            // Asked again, or replaced.
            finish(out);
        }
    }

    private void store(NodeId origin, Store store, Outbox<CheckpointServerMessage> out) {
        Checkpoint checkpoint = store.checkpoint();
        boolean isOutranked = rules.isOutranked(store.term(), highest);
        if (isOutranked || checkpoint == null || isStored(checkpoint)) {
            finish(out);
            return;
        }
        if (rules.mayAcknowledge(false)) {
            out.send(origin, new Stored(store.term(), store.round()));
        }
        out.spend(costs.checksumNanos(checkpoint.image().size()));
        stateFile.write(checkpoint.bytes(), out);
    }

    /** Whether that one is stored, or was before a newer one of its term took its place. */
    private boolean isStored(Checkpoint checkpoint) {
        Checkpoint known = newest;
        return known != null
                && known.term() == checkpoint.term()
                && rules.isOld(checkpoint.epoch(), known.epoch());
    }

    /** What was asked for is durable, or is not to be; the answer leaves. */
    private void finish(Outbox<CheckpointServerMessage> out) {
        Errand done = current;
        if (done == null) {
            throw new IllegalStateException("nothing was under way");
        }
        current = null;
        if (done.message() instanceof Take take) {
            out.send(
                    done.origin(),
                    take.term() == highest && done.origin().equals(holder)
                            ? restored(take)
                            : new Fenced(highest));
        } else if (done.message() instanceof Store store) {
            stored(done.origin(), store, out);
        }
    }

    private Restored restored(Take take) {
        Checkpoint known = newest;
        boolean isNewest = known != null && known.is(take.heldTerm(), take.heldEpoch());
        boolean isHeld = take.heldTerm() > 0 && rules.goesOnFromHeld(isNewest);
        return new Restored(take.term(), isHeld, isHeld ? null : known);
    }

    private void stored(NodeId origin, Store store, Outbox<CheckpointServerMessage> out) {
        if (rules.isOutranked(store.term(), highest)) {
            out.send(origin, new Fenced(highest));
            return;
        }
        out.claim(new Fact.Obeyed(topology.server(), store.term()));
        Checkpoint checkpoint = store.checkpoint();
        if (checkpoint != null && !isStored(checkpoint)) {
            sealed(checkpoint, out);
        }
        out.send(origin, new Stored(store.term(), store.round()));
    }

    private void sealed(Checkpoint checkpoint, Outbox<CheckpointServerMessage> out) {
        newest = checkpoint;
        out.claim(new Fact.Sealed(checkpoint.epoch(), checkpoint.epoch()));
        out.claim(new Fact.Held(STATE, checkpoint.epoch(), checkpoint.image().digest()));
        long given = checkpoint.epoch().number() - 2;
        if (given > 0) {
            // That this one was stored says that the one before was acknowledged.
            out.claim(new Fact.Discarded(new Epoch(given)));
        }
    }

    private void claimGranted(Outbox<CheckpointServerMessage> out) {
        out.claim(new Fact.Managing(topology.server(), highest));
        out.claim(
                new Fact.Granted(
                        topology.server(),
                        STATE,
                        holder,
                        EnumSet.of(Access.REMOTE_READ, Access.REMOTE_WRITE),
                        highest));
    }

    @Override
    public String waitsFor() {
        return current == null ? "checkpoints of term " + highest : "its disk, for " + current;
    }
}
