package cairn.part.snapshot;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.part.DiskCalls;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The places for snapshots on the shared disk: one for the acknowledged snapshot, one for that
 * before it, and one for each that is on its way or not yet acknowledged.
 */
final class Slots<M extends Message> {

    private final List<Slot<M>> slots = new ArrayList<>();

    Slots(SnapshotStore<M> store, DiskCalls<M> calls) {
        int snapshotBytes = Math.toIntExact(store.snapshotBytes());
        int sectionBytes = store.settings().sectionPages() * PAGE_BYTES;
        for (int i = 1; i <= store.settings().overlapping() + 2; i++) {
            slots.add(new Slot<>(i, snapshotBytes, sectionBytes, store.rules(), calls));
        }
    }

    /**
     * Learns which of them hold a whole snapshot, and makes those durable: what a sync that failed
     * left in the page cache looks like one, and goes with the next loss of power.
     *
     * @param found takes each
     */
    void scan(BiConsumer<SealRecord, Outbox<M>> found, Slot.Then<M> then, Outbox<M> out) {
        scan(0, found, then, out);
    }

    private void scan(
            int number, BiConsumer<SealRecord, Outbox<M>> found, Slot.Then<M> then, Outbox<M> out) {
        if (number == slots.size()) {
            then.go(out);
            return;
        }
        Slot<M> slot = slots.get(number);
        slot.read(
                (_, o) -> {
                    Slot.Then<M> next = p -> scan(number + 1, found, then, p);
                    if (slot.holdsSnapshot()) {
                        slot.confirm(
                                p -> {
                                    found.accept(slot.sealed(), p);
                                    next.go(p);
                                },
                                o);
                    } else {
                        next.go(o);
                    }
                },
                out);
    }

    /** That with the newest snapshot; it holds none if no other one does. */
    Slot<M> newest() {
        return Collections.max(slots, Comparator.comparing(Slot::sealed));
    }

    /** A snapshot of a term that is sealed, of that epoch or a later one; zero for none. */
    long sealedSince(long term, long epoch) {
        for (Slot<M> slot : slots) {
            SealRecord record = slot.sealed();
            if (record.term() == term && record.epoch() >= epoch) {
                return record.epoch();
            }
        }
        return 0;
    }

    /**
     * Of what is older than the acknowledged snapshot only the newest one is kept. The number alone
     * does not tell what is older: a term that wrote on while it was replaced, and was sealed by
     * the disk alone, has numbers that the next one gives again. So what earlier terms sealed after
     * the acknowledged snapshot was passed over, and makes room too.
     *
     * @param term of whoever acknowledged it
     */
    void discardUnneeded(long term, long acknowledged, Outbox<M> out) {
        List<Slot<M>> held =
                slots.stream()
                        .filter(Slot::holdsSnapshot)
                        .sorted(Comparator.comparing(Slot<M>::sealed))
                        .toList();
        int safe = held.size() - 1;
        while (safe >= 0 && held.get(safe).sealed().epoch() != acknowledged) {
            safe--;
        }
        if (safe < 0) {
            return;
        }
        held.subList(0, Math.max(0, safe - 1)).forEach(slot -> discard(slot, out));
        held.subList(safe + 1, held.size()).stream()
                .filter(slot -> slot.sealed().term() < term)
                .forEach(slot -> discard(slot, out));
    }

    private void discard(Slot<M> slot, Outbox<M> out) {
        long epoch = slot.sealed().epoch();
        slot.discard();
        if (slots.stream().noneMatch(one -> one.sealed().epoch() == epoch)) {
            out.claim(new Fact.Discarded(new Epoch(epoch)));
        }
    }

    // ---- writing

    /** Where a snapshot is being written, or null. */
    @Nullable Slot<M> writing(long term, long epoch) {
        for (Slot<M> slot : slots) {
            if (slot.isWriting(term, epoch)) {
                return slot;
            }
        }
        return null;
    }

    /** Where a snapshot is being written, or is to be from now on; null if there is no room. */
    @Nullable Slot<M> begin(long term, long epoch) {
        Slot<M> present = writing(term, epoch);
        if (present != null) {
            return present;
        }
        Slot<M> next = slotFor(epoch);
        if (next != null) {
            next.begin(term, epoch);
        }
        return next;
    }

    /**
     * A slot for another snapshot. There is one for each that its writer may have under way, so if
     * none is free, one belongs to a snapshot that its writer has given up: the oldest makes room.
     */
    private @Nullable Slot<M> slotFor(long epoch) {
        Slot<M> oldest = null;
        for (Slot<M> slot : slots) {
            if (slot.isFree()) {
                return slot;
            }
            if (slot.writes() < (oldest == null ? epoch : oldest.writes())) {
                oldest = slot;
            }
        }
        return oldest;
    }

    /** Nothing that is being written will be finished. */
    void abandonAll() {
        slots.forEach(Slot::abandon);
    }
}
