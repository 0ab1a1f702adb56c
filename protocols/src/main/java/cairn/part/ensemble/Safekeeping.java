package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;
import cairn.part.ensemble.EnsembleMessage.Kept;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The checkpoints of a member, each from its cut until nobody goes back beyond it, and the outputs
 * that wait for that. Where they are kept is a {@link Vault}'s business.
 */
public final class Safekeeping {

    private final Ensemble ensemble;
    private final Rank rank;
    private final Vault vault;
    private final Outputs outputs;
    private Epoch committed = Epoch.ZERO;
    private @Nullable Held uncommitted;
    private int storing;

    Safekeeping(Ensemble ensemble, Rank rank, Vault vault) {
        this.ensemble = ensemble;
        this.rank = rank;
        this.vault = vault;
        this.outputs = new Outputs(rank.index());
    }

    // ---- cutting

    /** Makes the memory at this instant a checkpoint's, while the rank stands still. */
    public PagedMemory.Snapshot cut(Epoch epoch, Outbox<EnsembleMessage> out) {
        out.claim(new Fact.Cut(rank.index(), epoch));
        storing++;
        outputs.cut(epoch, rank.outputs(out.memory()));
        PagedMemory.Snapshot memory = out.memory().snapshot();
        long used =
                IntStream.range(0, memory.pageCount()).filter(page -> !memory.isZero(page)).count();
        out.spend(ensemble.costs().memcpyNanos(used * PagedMemory.PAGE_BYTES));
        return memory;
    }

    /** The outputs that wait at this instant. */
    List<Outputs.Output> pendingOutputs() {
        return outputs.pending();
    }

    /** What the rank has sent to and received from each peer it knows. */
    List<Traffic> traffic(Outbox<EnsembleMessage> out) {
        List<Traffic> traffic = new ArrayList<>();
        for (int peer = 0; peer < ensemble.ranks(); peer++) {
            long sent = rank.sent(peer, out.memory());
            long received = rank.received(peer, out.memory());
            if (sent + received > 0) {
                traffic.add(new Traffic(peer, sent, received));
            }
        }
        return traffic;
    }

    // ---- keeping

    /** Makes copies of messages safe, before the checkpoint that counts on them. */
    void keepCopies(
            Epoch epoch,
            PagedMemory.Snapshot memory,
            List<Parcel> copies,
            Outbox<EnsembleMessage> out) {
        byte[] state = new SavedState(copies, List.of(), List.of()).bytes();
        Image image = Image.delta(rank.index(), epoch, Epoch.ZERO, memory, new BitSet(), state);
        out.spend(ensemble.costs().checksumNanos(image.size()));
        vault.keepCopies(image, out);
    }

    /** Copies that came with a checkpoint are needed no longer. */
    void dropCopies(Epoch of, Outbox<EnsembleMessage> out) {
        vault.dropCopies(of, out);
    }

    /** Makes a checkpoint safe, whose channels contain certain messages. */
    void keep(
            Epoch epoch,
            PagedMemory.Snapshot memory,
            SavedState state,
            Outbox<EnsembleMessage> out) {
        Image image = Image.full(rank.index(), epoch, memory, state.bytes());
        out.spend(ensemble.costs().checksumNanos(image.size()));
        vault.keep(image, state.traffic(), out);
    }

    /** Whether a checkpoint that was cut is not yet safe. */
    boolean isStoring() {
        return storing > 0;
    }

    /** Those of this rank that survived: whoever wrote one may have died before it could say so. */
    void opened(Outbox<EnsembleMessage> out) {
        for (Held held : vault.held()) {
            if (held.piece().isImage() && held.piece().owner() == rank.index()) {
                seal(held.piece().epoch(), out);
            }
        }
    }

    void seal(Epoch epoch, Outbox<EnsembleMessage> out) {
        out.claim(new Fact.Sealed(rank.index(), epoch, epoch));
    }

    /** One that was cut in this era is safe. */
    void kept(Held held, long era, Outbox<EnsembleMessage> out) {
        storing--;
        uncommitted = held;
        report(era, out);
    }

    /** Says that one is safe until that is heard. */
    void report(long era, Outbox<EnsembleMessage> out) {
        if (uncommitted != null) {
            out.send(ensemble.coordinatorPlace(), new Kept(era, uncommitted));
        }
    }

    // ---- committing

    /** Nobody goes back beyond a checkpoint. */
    public void commit(Epoch epoch, Outbox<EnsembleMessage> out) {
        if (!epoch.isAfter(committed)) {
            return;
        }
        committed = epoch;
        if (uncommitted != null && !uncommitted.piece().epoch().isAfter(epoch)) {
            uncommitted = null;
        }
        out.claim(new Fact.Acknowledged(rank.index(), epoch));
        outputs.commit(epoch, out);
        vault.commit(epoch, out);
    }

    /** An output waits, if outputs do, for the checkpoint after it. */
    void output(long number, long value, Outbox<EnsembleMessage> out) {
        if (ensemble.holdsOutputs() && ensemble.rules().holdsOutputs()) {
            outputs.add(number, value);
        } else {
            out.claim(new Fact.Emitted(rank.index(), number, value));
        }
    }

    // ---- going back

    /** What was not safe is given up. */
    void giveUp() {
        outputs.restore(List.of());
        uncommitted = null;
        storing = 0;
    }

    /** The outputs that waited at the checkpoint to go on from. */
    void restore(List<Outputs.Output> pending) {
        outputs.restore(pending);
    }

    /** All go on from here, so what waited for that leaves. */
    void begin(Epoch from, Outbox<EnsembleMessage> out) {
        committed = from;
        if (from.isAfter(Epoch.ZERO)) {
            out.claim(new Fact.Acknowledged(rank.index(), from));
            vault.commit(from, out);
        }
        outputs.releaseAll(out);
    }
}
