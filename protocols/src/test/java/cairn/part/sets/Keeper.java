package cairn.part.sets;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.model.verbs.WorkCompletion;
import cairn.part.pmu.Attachment;
import cairn.part.pmu.MirroredWrite;
import cairn.part.pmu.Pmu;
import cairn.part.pmu.PmuMessage;
import cairn.part.pmu.PmuMessage.Connected;
import cairn.part.pmu.PmuMessage.Led;
import cairn.part.pmu.PmuMessage.Reply;
import cairn.part.sets.Restorer.Outcome;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A client of units that takes over at a time, restores the newest set, and then stores to its
 * memory and cuts a set, so many times. It notes what it restored, and what it cut.
 */
final class Keeper implements Node<Keeper.Said> {

    private static final long BEAT = 1;
    private static final long START = 2;

    private final SetStore store;
    private final Attachment<Said> attachment;
    private final Restorer restorer;
    private final long term;
    private final long startNanos;
    private final int cuts;
    private final List<String> restored;
    private final List<String> cut;
    private Doing doing = Doing.WAITING;
    private @Nullable MirroredWrite write;
    private @Nullable Checkpointer checkpointer;
    private int count;

    /** What carries what is said. */
    record Said(PmuMessage carried) implements Message, PmuMessage.Carrier {
        @Override
        public int bytes() {
            return carried.bytes();
        }
    }

    private enum Doing {
        WAITING,
        ATTACHING,
        RESTORING,
        CUTTING
    }

    Keeper(
            SetStore store,
            Pmu<Said> units,
            NodeId self,
            long startNanos,
            int cuts,
            List<String> restored,
            List<String> cut) {
        this.store = store;
        this.attachment = new Attachment<>(units, self, store.layout().queueDepth());
        this.restorer = new Restorer(store);
        this.term = self.index() + 1L;
        this.startNanos = startNanos;
        this.cuts = cuts;
        this.restored = restored;
        this.cut = cut;
    }

    @Override
    public void boot(Boot boot, Outbox<Said> out) {
        attachment.boot(boot.incarnation(), out);
        out.arm(BEAT, 1_000_000);
        out.arm(START, startNanos);
    }

    @Override
    public void on(Event<Said> event, Outbox<Said> out) {
        switch (event) {
            case Event.Fired(long timer) when timer == START -> {
                doing = Doing.ATTACHING;
                attachment.askToLead(term - 1, out);
            }
            case Event.Fired<?> _ -> {
                out.arm(BEAT, 1_000_000);
                attachment.askAgain(out);
            }
            case Event.Delivered(NodeId origin, Said(Reply reply)) -> {
                attachment.replied(origin, reply, out);
                if (reply instanceof Led(long led, int _)) {
                    attachment.begin(led, true, out);
                }
                if (doing == Doing.ATTACHING && attachment.isAttached()) {
                    doing = Doing.RESTORING;
                    restorer.start(attachment.links(), false);
                }
            }
            case Event.Delivered(NodeId origin, Said(Connected connected)) ->
                    attachment.connected(origin, connected, out);
            case Event.Completed(WorkCompletion completion) -> completed(completion, out);
            default -> {
                // Clients of the service are not served here.
            }
        }
    }

    private void completed(WorkCompletion completion, Outbox<Said> out) {
        int unit = attachment.linkOf(completion.queuePair());
        if (unit < 0 || !completion.succeeded() || !attachment.links().get(unit).ends(completion)) {
            return;
        }
        if (doing == Doing.RESTORING) {
            Outcome outcome = restorer.completed(unit, attachment.links(), out);
            if (outcome == Outcome.AT_NEWEST) {
                restored.add(restorer.epoch() + " " + out.memory().digest());
                doing = Doing.CUTTING;
                checkpointer = new Checkpointer(store, restorer.found(), out.memory());
                write = new MirroredWrite(store.persistence(), attachment.links());
                cut(true, out);
            }
        } else if (write != null && write.completed(unit) && write.isDone()) {
            cut(false, out);
        }
    }

    /** The last set is at all units: stores to a few pages, and cuts the next one. */
    private void cut(boolean full, Outbox<Said> out) {
        if (checkpointer == null || write == null) {
            throw new IllegalStateException("nothing was restored yet");
        }
        if (!full) {
            checkpointer.sealed(out);
        }
        if (count == cuts) {
            return;
        }
        count++;
        PagedMemory memory = out.memory();
        for (int page = count % 3; page < memory.pageCount(); page += 3) {
            memory.writeLong((long) page * PagedMemory.PAGE_BYTES + 8L * count, count + term);
        }
        long epoch = term * 100 + count;
        cut.add(epoch + " " + memory.digest());
        checkpointer.cut(term, epoch, full, out);
        write.begin(checkpointer.set());
    }

    @Override
    public String waitsFor() {
        return attachment.waitsFor();
    }
}
