package cairn.part.snapshot;

import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.Access;
import cairn.part.DiskCalls;
import cairn.part.StableFile;
import cairn.part.snapshot.StorageMessage.Carrier;
import cairn.part.snapshot.StorageMessage.Fenced;
import cairn.part.snapshot.StorageMessage.Lost;
import cairn.part.snapshot.StorageMessage.Received;
import cairn.part.snapshot.StorageMessage.Restored;
import cairn.part.snapshot.StorageMessage.Seal;
import cairn.part.snapshot.StorageMessage.Sealed;
import cairn.part.snapshot.StorageMessage.Sections;
import cairn.part.snapshot.StorageMessage.Take;
import cairn.part.snapshot.StorageMessage.ToStorage;

import java.util.EnumSet;
import java.util.Set;

/**
 * The shared storage: takes snapshots from who leads, and from nobody else; hands the newest whole
 * one to who is to lead (SN-6, SN-8). The term is durable before anybody learns of it, so a former
 * leader writes nothing after the next one has read.
 */
final class Storage<M extends Message> implements Node<M> {

    private static final long RETRY_NANOS = 1_000_000;
    private static final String RESOURCE = "snapshots";

    private final SnapshotStore<M> store;
    private final Slots<M> slots;
    private final DiskCalls<M> calls = new DiskCalls<>(StableFile.TOKENS);
    private final StableFile leaderFile = new StableFile("leader", 0, RETRY_NANOS);
    private Leader leader = Leader.NOBODY;
    private boolean ready;
    private boolean restoring;

    Storage(SnapshotStore<M> store) {
        this.store = store;
        this.slots = new Slots<>(store, calls);
    }

    @Override
    public void boot(Boot boot, Outbox<M> out) {
        leaderFile.read(out);
    }

    @Override
    public void on(Event<M> event, Outbox<M> out) {
        switch (event) {
            case Event.Delivered(NodeId origin, Carrier carrier)
                    when carrier.carried() instanceof ToStorage message -> {
                out.spend(store.costs().messageNanos());
                // Who sent it will send it again.
                if (ready) {
                    delivered(origin, message, out);
                }
            }
            case Event.OfDisk<M> disk when leaderFile.owns(disk.token()) -> leaderFile(disk, out);
            case Event.OfDisk<M> disk -> calls.on(disk, out);
            case Event.Fired<?> _ -> leaderFile.fired(out);
            case Event.Delivered<?> _,
                    Event.Asked<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.OfNic<?> _ ->
                    throw new IllegalStateException("not for the storage: " + event);
        }
    }

    private void leaderFile(Event.OfDisk<M> event, Outbox<M> out) {
        switch (leaderFile.on(event, out)) {
            case ABSENT -> scan(out);
            case READ -> {
                leader = Leader.read(leaderFile.content());
                claimGranted(out);
                scan(out);
            }
            case WRITTEN -> {
                claimGranted(out);
                restore(out);
            }
            case BROKEN -> out.halt("its disk failed");
            case UNDER_WAY -> {
                // The disk is asked for the next step.
            }
        }
    }

    private void scan(Outbox<M> out) {
        slots.scan(Storage::claimSealed, o -> ready = true, out);
    }

    private static void claimSealed(SealRecord record, Outbox<?> out) {
        Epoch epoch = new Epoch(record.epoch());
        out.claim(new Fact.Sealed(epoch, epoch));
    }

    private void delivered(NodeId origin, ToStorage message, Outbox<M> out) {
        switch (message) {
            case Take(long term, int incarnation) ->
                    take(new Leader(term, origin.index(), incarnation), out);
            case Sections sections -> {
                if (mayWrite(origin, sections.term(), sections.epoch(), out)) {
                    slots.discardUnneeded(sections.term(), sections.acknowledged(), out);
                    write(origin, sections, out);
                }
            }
            case Seal seal -> {
                if (mayWrite(origin, seal.term(), seal.epoch(), out)) {
                    seal(origin, seal, out);
                }
            }
        }
    }

    // ---- who leads

    private void take(Leader wanted, Outbox<M> out) {
        if (leaderFile.isBusy()) {
            return;
        }
        if (wanted.term() > leader.term()) {
            leader = wanted;
            restoring = false;
            slots.abandonAll();
            leaderFile.write(wanted.bytes(), out);
        } else if (wanted.equals(leader)) {
            restore(out);
        } else {
            store.send(new NodeId(wanted.place()), new Fenced(leader.term()), out);
        }
    }

    private void claimGranted(Outbox<M> out) {
        NodeId holder = new NodeId(leader.place());
        Set<Access> rights = EnumSet.of(Access.REMOTE_READ, Access.REMOTE_WRITE);
        long term = leader.term();
        out.claim(new Fact.Managing(store.storage(), term));
        out.claim(new Fact.Granted(store.storage(), RESOURCE, holder, rights, term));
    }

    /** Hands out the newest snapshot; one that is damaged is passed over for an older one. */
    private void restore(Outbox<M> out) {
        if (restoring) {
            return;
        }
        Leader to = leader;
        Slot<M> newest = slots.newest();
        if (newest.holdsSnapshot()) {
            restoring = true;
            newest.read((content, o) -> restored(to, newest, content, o), out);
        } else {
            handOut(newest, new byte[0], out);
        }
    }

    private void restored(Leader to, Slot<M> slot, byte[] content, Outbox<M> out) {
        restoring = false;
        out.spend(
                store.costs().checksumNanos(content.length)
                        + store.costs().memcpyNanos(content.length));
        if (!to.equals(leader)) {
            return;
        }
        if (content.length > 0) {
            handOut(slot, content, out);
        } else if (store.rules().mayFallBack()) {
            slot.discard();
            restore(out);
        }
    }

    private void handOut(Slot<M> slot, byte[] content, Outbox<M> out) {
        SealRecord of = slot.sealed();
        int incarnation = leader.incarnation();
        store.send(
                new NodeId(leader.place()),
                new Restored(leader.term(), incarnation, of.epoch(), of.registers(), content),
                out);
    }

    // ---- snapshots

    /** Whether the writer leads, and its snapshot is not sealed; tells it if not. */
    private boolean mayWrite(NodeId origin, long term, long epoch, Outbox<M> out) {
        if (store.rules().isOutranked(term, leader.term())) {
            store.send(origin, new Fenced(leader.term()), out);
            return false;
        }
        long sealed = slots.sealedSince(term, epoch);
        if (sealed > 0) {
            store.send(origin, new Sealed(term, sealed), out);
            return false;
        }
        return true;
    }

    private void write(NodeId origin, Sections sections, Outbox<M> out) {
        Slot<M> slot = slots.begin(sections.term(), sections.epoch());
        if (slot == null) {
            return;
        }
        int index = sections.index();
        Received received = new Received(sections.term(), sections.epoch(), index);
        slot.write(index, sections.content(), o -> store.send(origin, received, o), out);
    }

    private void seal(NodeId origin, Seal seal, Outbox<M> out) {
        Slot<M> slot = slots.writing(seal.term(), seal.epoch());
        if (slot == null || !slot.isComplete()) {
            // What had been received before the storage began again is gone.
            if (slot != null) {
                slot.abandon();
            }
            store.send(origin, new Lost(seal.term(), seal.epoch()), out);
            return;
        }
        var record = new SealRecord(seal.term(), seal.epoch(), seal.registers(), seal.checksum());
        slot.seal(
                record,
                o -> {
                    slot.sealedAs(record);
                    o.claim(new Fact.Obeyed(store.storage(), record.term()));
                    claimSealed(record, o);
                    store.send(origin, new Sealed(record.term(), record.epoch()), o);
                },
                out);
    }

    @Override
    public String waitsFor() {
        return ready ? "snapshots under term " + leader.term() : "its disk";
    }
}
