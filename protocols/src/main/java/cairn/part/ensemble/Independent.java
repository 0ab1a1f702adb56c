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
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rank cuts when it likes to. Copies of what it has sent are made safe with the checkpoint after
 * that, each once, and kept until no line that may still be chosen lacks their receipt: what a line
 * contains the sending of and not the receipt is sent again from there.
 *
 * <p>With an index on each message, a rank that hears of a higher one cuts before it accepts the
 * message (Briatico, Ciuffoletti and Simoncini, 1984): checkpoints of one index form a line.
 */
public final class Independent implements Cutting {

    private static final Law GAP = new Law.Uniform(500, 1_500);
    private static final long PER_MILLE = 1_000;

    private final Member member;
    private final boolean forced;

    /** Of what was sent since the last cut. */
    private final List<Parcel> copies = new ArrayList<>();

    /** The highest number to each peer among the copies that were made safe with a checkpoint. */
    private final NavigableMap<Epoch, SortedMap<Integer, Long>> safe = new TreeMap<>();

    /** What was got back of these. */
    private final NavigableMap<Epoch, List<Parcel>> found = new TreeMap<>();

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
        copies.clear();
        safe.tailMap(from.epoch(), false).clear();
        found.tailMap(from.epoch(), false).clear();
        SortedMap<Integer, Long> delivered = delivered(from.delivered());
        for (List<Parcel> ofOne : found.values()) {
            for (Parcel copy : ofOne) {
                if (copy.number() > delivered.getOrDefault(copy.to(), 0L)) {
                    member.mail().post(copy.to(), new Payload.Goods(colour(), copy), out);
                }
            }
        }
        found.clear();
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
        if (member.checkpoints().isStoring()) {
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
        PagedMemory.Snapshot memory = member.checkpoints().cut(epoch, out);
        if (member.ensemble().rules().savesCopies() && !copies.isEmpty()) {
            member.checkpoints().keepCopies(epoch, memory, copies, out);
            safe.put(epoch, highest(copies));
        }
        copies.clear();
        member.checkpoints()
                .keep(
                        epoch,
                        memory,
                        new SavedState(
                                List.of(),
                                member.checkpoints().pendingOutputs(),
                                member.checkpoints().traffic(out)),
                        out);
        member.resume(out);
    }

    private static SortedMap<Integer, Long> highest(List<Parcel> parcels) {
        SortedMap<Integer, Long> highest = new TreeMap<>();
        parcels.forEach(parcel -> highest.merge(parcel.to(), parcel.number(), Math::max));
        return highest;
    }

    private static SortedMap<Integer, Long> delivered(List<Traffic> traffic) {
        SortedMap<Integer, Long> delivered = new TreeMap<>();
        traffic.forEach(with -> delivered.put(with.peer(), with.received()));
        return delivered;
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
                member.mail().accept(parcel, out);
            }
            case Payload.Marker _ ->
                    throw new IllegalStateException("nobody sends markers: " + payload);
        }
    }

    @Override
    public void on(OfRound message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Commit(long _, Epoch line, List<Traffic> traffic) -> {
                dropDelivered(delivered(traffic), out);
                if (line.isAfter(Epoch.ZERO)) {
                    member.checkpoints().commit(line, out);
                }
            }
            case Stop _, Quiet _, Take _, Taken _, Resume _, Kept _ ->
                    throw new IllegalStateException("not for a rank: " + message);
        }
    }

    /** Gives up the copies of which every line that may be chosen contains the receipts. */
    private void dropDelivered(SortedMap<Integer, Long> delivered, Outbox<EnsembleMessage> out) {
        copies.removeIf(copy -> copy.number() <= delivered.getOrDefault(copy.to(), 0L));
        safe.entrySet()
                .removeIf(ofOne -> {
                    boolean isNeeded =
                            ofOne.getValue().entrySet().stream()
                                    .anyMatch(to ->
                                            to.getValue()
                                                    > delivered.getOrDefault(to.getKey(), 0L));
                    if (!isNeeded) {
                        member.checkpoints().dropCopies(ofOne.getKey(), out);
                    }
                    return !isNeeded;
                });
    }

    @Override
    public void restoredCopies(Epoch of, List<Parcel> parcels) {
        safe.put(of, highest(parcels));
        found.put(of, parcels);
    }

    /** What had arrived is sent again by its senders. */
    @Override
    public void restored(SavedState state, Outbox<EnsembleMessage> out) {
        // The copies came before.
    }
}
