package cairn.protocol.logging;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.computation.Rank;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Image;
import cairn.part.StableFile;
import cairn.part.TimeAccount;
import cairn.part.dependency.HeldOutputs;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The checkpoints that a rank takes by itself: its memory, its links, the outputs that it holds and
 * what its scheme needs, in one file on its disk. A cut is written when nothing can undo it.
 */
final class Checkpoints {

    private static final long NEVER = -1;

    /** More checkpoints than one run of a process takes. */
    private static final int EPOCH_BITS = 20;

    private final Rank rank;
    private final CpuCosts costs;
    private final Links links;
    private final Scheme scheme;
    private final HeldOutputs outputs;
    private final TimeAccount account;
    private final StableFile file;
    private @Nullable Image newest;
    private @Nullable Cut cut;
    private long epoch;
    private long storesAtCut = NEVER;

    /** A checkpoint that is not durable yet, and up to where it contains what was received. */
    private record Cut(Image image, List<Long> arrived, long receipts) {}

    Checkpoints(
            Rank rank,
            CpuCosts costs,
            long retryNanos,
            Links links,
            Scheme scheme,
            HeldOutputs outputs,
            TimeAccount account) {
        this.rank = rank;
        this.costs = costs;
        this.links = links;
        this.scheme = scheme;
        this.outputs = outputs;
        this.account = account;
        this.file = new StableFile("checkpoint", 0, retryNanos);
    }

    void boot(int incarnation, Outbox<LoggingMessage> out) {
        // No number is used for two cuts, not even of two lives.
        epoch = (long) incarnation << EPOCH_BITS;
        file.read(out);
    }

    void fired(Outbox<LoggingMessage> out) {
        file.fired(out);
    }

    /** Takes what the disk says; true if from now on it is known what was on it. */
    boolean on(Event.OfDisk<LoggingMessage> event, Outbox<LoggingMessage> out) {
        switch (file.on(event, out)) {
            case ABSENT -> {
                restore(out);
                return true;
            }
            case READ -> {
                Image image = Image.read(rank.index(), file.content());
                if (image != null) {
                    newest = image;
                    restore(out);
                    acknowledge(image.epoch(), out);
                    return true;
                }
                out.halt("its checkpoint is damaged");
            }
            case WRITTEN -> written(out);
            case BROKEN -> out.halt("its disk failed");
            case UNDER_WAY -> {
                // The disk is asked for the next step.
            }
        }
        return false;
    }

    // ---- saving

    /** Cuts, unless nothing has changed or the last one is not durable; returns whether it did. */
    boolean take(Outbox<LoggingMessage> out) {
        long stores = out.memory().stores();
        if (file.isBusy() || cut != null || stores == storesAtCut) {
            return false;
        }
        storesAtCut = stores;
        epoch++;
        Activity before = account.current(Activity.USEFUL);
        account.does(Activity.CHECKPOINT_PAUSE, out);
        out.claim(new Fact.Cut(rank.index(), new Epoch(epoch)));
        Image image = Image.full(rank.index(), new Epoch(epoch), out.memory().snapshot(), state());
        out.spend(costs.memcpyNanos(image.size()) + costs.checksumNanos(image.size()));
        account.does(before, out);
        scheme.cut();
        cut = new Cut(image, links.arrived(), rank.receipts(out.memory()));
        return true;
    }

    private byte[] state() {
        var state = new ByteWriter();
        links.save(state);
        outputs.save(state);
        scheme.save(state);
        return state.toBytes();
    }

    void writeIfSafe(Outbox<LoggingMessage> out) {
        if (cut != null && !file.isBusy() && scheme.isCutSafe()) {
            file.write(cut.image.bytes(), out);
        }
    }

    private void written(Outbox<LoggingMessage> out) {
        Cut done = cut;
        if (done == null) {
            throw new IllegalStateException("written, and never cut");
        }
        Image former = newest;
        newest = done.image;
        cut = null;
        acknowledge(done.image.epoch(), out);
        if (former != null) {
            out.claim(new Fact.Discarded(rank.index(), former.epoch()));
        }
        links.saved(done.arrived, done.receipts);
        scheme.saved(done.receipts, out);
        links.acknowledgeAll(out);
    }

    /** It is on the disk, whether whoever wrote it could say so or not. */
    private void acknowledge(Epoch safe, Outbox<LoggingMessage> out) {
        out.claim(new Fact.Sealed(rank.index(), safe, safe));
        out.claim(new Fact.Acknowledged(rank.index(), safe));
    }

    // ---- going back

    /** Brings the rank to its newest checkpoint, or to its beginning if there is none. */
    void restore(Outbox<LoggingMessage> out) {
        Image image = newest;
        if (!file.isBusy()) {
            cut = null;
        }
        rank.reset();
        if (image == null) {
            out.memory().clear();
            rank.initialise(out.memory());
            links.begin();
            outputs.clear();
            scheme.begin();
        } else {
            out.spend(costs.checksumNanos(image.size()) + costs.memcpyNanos(image.size()));
            image.restoreInto(out.memory());
            var state = new ByteReader(image.state());
            links.restore(state);
            outputs.restore(links.ranks(), state);
            scheme.restore(rank.receipts(out.memory()), state);
        }
        storesAtCut = NEVER;
        links.saved(links.arrived(), rank.receipts(out.memory()));
        out.claim(new Fact.Resumed(rank.index(), image == null ? Epoch.ZERO : image.epoch()));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
