package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Outbox;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.model.computation.Parcel;
import cairn.model.memory.PagedMemory;
import cairn.part.ensemble.EnsembleMessage.Commit;
import cairn.part.ensemble.EnsembleMessage.Kept;
import cairn.part.ensemble.EnsembleMessage.OfRound;
import cairn.part.ensemble.EnsembleMessage.Quiet;
import cairn.part.ensemble.EnsembleMessage.Resume;
import cairn.part.ensemble.EnsembleMessage.Stop;
import cairn.part.ensemble.EnsembleMessage.Take;
import cairn.part.ensemble.EnsembleMessage.Taken;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A rank cuts when it likes to. It keeps copies of what it has sent, in its checkpoints too, until
 * no line that may still be chosen lacks their receipt: what a line contains the sending of and not
 * the receipt is sent again from there.
 *
 * <p>With an index on each message, a rank that hears of a higher one cuts before it accepts the
 * message (Briatico, Ciuffoletti and Simoncini, 1984): checkpoints of one index form a line.
 */
public final class Independent implements Cutting {

    private static final Law GAP = new Law.Uniform(500, 1_500);
    private static final long PER_MILLE = 1_000;

    private final Member member;
    private final boolean forced;
    private final List<Parcel> copies = new ArrayList<>();
    private Epoch epoch = Epoch.ZERO;
    private @Nullable Choice gap;

    /**
     * @param forced whether messages force checkpoints
     */
    public Independent(Member member, boolean forced) {
        this.member = member;
        this.forced = forced;
    }

    @Override
    public void begin(cairn.part.ensemble.Choice from, Outbox<EnsembleMessage> out) {
        epoch = Numbers.beforeFirst(member.era());
        for (Traffic with : from.delivered()) {
            copies.removeIf(copy -> copy.to() == with.peer() && copy.number() <= with.received());
        }
        for (Parcel copy : copies) {
            member.post(copy.to(), new Payload.Goods(colour(), copy), out);
        }
        armNext(out);
    }

    private void armNext(Outbox<EnsembleMessage> out) {
        Choice next = gap;
        if (next == null) {
            next = out.choice("gap between checkpoints, per mille", GAP);
            gap = next;
        }
        member.arm(
                Math.max(1, member.ensemble().pace().intervalNanos() / PER_MILLE * next.ask()),
                out);
    }

    @Override
    public void fired(Outbox<EnsembleMessage> out) {
        if (member.isStoring()) {
            // One at a time: the disk is slower than the timer.
            armNext(out);
            return;
        }
        cut(epoch.next(), out);
        armNext(out);
    }

    private void cut(Epoch next, Outbox<EnsembleMessage> out) {
        epoch = next;
        member.pause(out);
        PagedMemory.Snapshot memory = member.cut(epoch, out);
        List<Parcel> saved = member.ensemble().rules().savesCopies() ? copies : List.of();
        member.keep(
                epoch,
                memory,
                new SavedState(saved, member.pendingOutputs(), member.traffic(out)),
                out);
        member.resume(out);
    }

    @Override
    public Epoch colour() {
        return forced ? epoch : Epoch.ZERO;
    }

    @Override
    public void sent(Parcel parcel) {
        copies.add(parcel);
    }

    @Override
    public void arrived(int peer, Payload payload, Outbox<EnsembleMessage> out) {
        switch (payload) {
            case Payload.Goods(Epoch index, Parcel parcel) -> {
                if (index.isAfter(epoch)) {
                    cut(index, out);
                }
                member.accept(parcel, out);
            }
            case Payload.Marker _ ->
                    throw new IllegalStateException("nobody sends markers: " + payload);
        }
    }

    @Override
    public void on(OfRound message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Commit(long _, Epoch safe, List<Traffic> delivered) -> {
                for (Traffic with : delivered) {
                    copies.removeIf(
                            copy -> copy.to() == with.peer() && copy.number() <= with.received());
                }
                if (safe.isAfter(Epoch.ZERO)) {
                    member.commit(safe, out);
                }
            }
            case Stop _, Quiet _, Take _, Taken _, Resume _, Kept _ ->
                    throw new IllegalStateException("not for a rank: " + message);
        }
    }

    /** What had arrived is sent again by its senders; these are the copies of what it sent. */
    @Override
    public void restored(SavedState state, Outbox<EnsembleMessage> out) {
        copies.clear();
        copies.addAll(state.parcels());
    }
}
