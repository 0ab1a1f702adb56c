package cairn.protocol.snapshots;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.Access;
import cairn.part.DiskCalls;
import cairn.part.StableFile;
import cairn.protocol.snapshots.SnapshotsMessage.Fenced;
import cairn.protocol.snapshots.SnapshotsMessage.Lost;
import cairn.protocol.snapshots.SnapshotsMessage.Received;
import cairn.protocol.snapshots.SnapshotsMessage.Restored;
import cairn.protocol.snapshots.SnapshotsMessage.Seal;
import cairn.protocol.snapshots.SnapshotsMessage.Sealed;
import cairn.protocol.snapshots.SnapshotsMessage.Sections;
import cairn.protocol.snapshots.SnapshotsMessage.Take;
import cairn.protocol.snapshots.SnapshotsMessage.ToStorage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The shared storage: takes snapshots from who leads, and from nobody else; hands the newest whole
 * one to who is to lead (SN-6, SN-8). The term is durable before anybody learns of it, so a former
 * leader writes nothing after the next one has read.
 */
final class Storage implements Node<SnapshotsMessage> {

    private static final long RETRY_NANOS = 1_000_000;
    private static final String RESOURCE = "snapshots";

    private final CpuCosts costs;
    private final Rules rules;
    private final List<Slot> slots = new ArrayList<>();
    private final DiskCalls<SnapshotsMessage> calls = new DiskCalls<>(StableFile.TOKENS);
    private final StableFile leaderFile = new StableFile("leader", 0, RETRY_NANOS);
    private Leader leader = Leader.NOBODY;
    private boolean ready;
    private boolean restoring;

    Storage(Setup setup) {
        this.costs = setup.costs();
        this.rules = setup.rules();
        int snapshotBytes = Math.toIntExact(setup.sessions().memoryBytes());
        int sectionBytes = setup.settings().sectionPages() * PAGE_BYTES;
        // The acknowledged one, one before it, and those that are on their way or not yet
        // acknowledged.
        for (int i = 1; i <= setup.settings().overlapping() + 2; i++) {
            slots.add(new Slot(i, snapshotBytes, sectionBytes, rules, calls));
        }
    }

    @Override
    public void boot(Boot boot, Outbox<SnapshotsMessage> out) {
        leaderFile.read(out);
    }

    @Override
    public void on(Event<SnapshotsMessage> event, Outbox<SnapshotsMessage> out) {
        switch (event) {
            case Event.Delivered(NodeId origin, ToStorage message) -> {
                out.spend(costs.messageNanos());
                // Who sent it will send it again.
                if (ready) {
                    delivered(origin, message, out);
                }
            }
            case Event.OfDisk<SnapshotsMessage> disk when leaderFile.owns(disk.token()) ->
                    leaderFile(disk, out);
            case Event.OfDisk<SnapshotsMessage> disk -> calls.on(disk, out);
            case Event.Fired<?> _ -> leaderFile.fired(out);
            case Event.Delivered<?> _,
                    Event.Asked<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.OfNic<?> _ ->
                    throw new IllegalStateException("not for the storage: " + event);
        }
    }

    private void leaderFile(Event.OfDisk<SnapshotsMessage> event, Outbox<SnapshotsMessage> out) {
        switch (leaderFile.on(event, out)) {
            case ABSENT -> scan(0, out);
            case READ -> {
                leader = Leader.read(leaderFile.content());
                claimGranted(out);
                scan(0, out);
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

    /** Learns which slots hold a whole snapshot. */
    private void scan(int number, Outbox<SnapshotsMessage> out) {
        if (number == slots.size()) {
            ready = true;
            return;
        }
        Slot slot = slots.get(number);
        slot.read(
                (_, o) -> {
                    if (slot.holdsSnapshot()) {
                        claimSealed(slot.sealed(), o);
                    }
                    scan(number + 1, o);
                },
                out);
    }

    private static void claimSealed(SealRecord record, Outbox<SnapshotsMessage> out) {
        Epoch epoch = new Epoch(record.epoch());
        out.claim(new Fact.Sealed(epoch, epoch));
    }

    private void delivered(NodeId origin, ToStorage message, Outbox<SnapshotsMessage> out) {
        switch (message) {
            case Take(long term, int incarnation) ->
                    take(new Leader(term, origin.index(), incarnation), out);
            case Sections sections -> {
                if (mayWrite(origin, sections.term(), sections.epoch(), out)) {
                    discardOlderThan(sections.acknowledged(), out);
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

    private void take(Leader wanted, Outbox<SnapshotsMessage> out) {
        if (leaderFile.isBusy()) {
            return;
        }
        if (wanted.term() > leader.term()) {
            leader = wanted;
            restoring = false;
            slots.forEach(Slot::abandon);
            leaderFile.write(wanted.bytes(), out);
        } else if (wanted.equals(leader)) {
            restore(out);
        } else {
            out.send(new NodeId(wanted.place()), new Fenced(leader.term()));
        }
    }

    private void claimGranted(Outbox<SnapshotsMessage> out) {
        NodeId holder = new NodeId(leader.place());
        Set<Access> rights = EnumSet.of(Access.REMOTE_READ, Access.REMOTE_WRITE);
        long term = leader.term();
        out.claim(new Fact.Managing(Topology.STORAGE, term));
        out.claim(new Fact.Granted(Topology.STORAGE, RESOURCE, holder, rights, term));
    }

    /** Hands out the newest snapshot; one that is damaged is passed over for an older one. */
    private void restore(Outbox<SnapshotsMessage> out) {
        if (restoring) {
            return;
        }
        Leader to = leader;
        Slot newest = Collections.max(slots, Comparator.comparing(Slot::sealed));
        if (newest.holdsSnapshot()) {
            restoring = true;
            newest.read((content, o) -> restored(to, newest, content, o), out);
        } else {
            handOut(newest, new byte[0], out);
        }
    }

    private void restored(Leader to, Slot slot, byte[] content, Outbox<SnapshotsMessage> out) {
        restoring = false;
        out.spend(costs.checksumNanos(content.length) + costs.memcpyNanos(content.length));
        if (!to.equals(leader)) {
            return;
        }
        if (content.length > 0) {
            handOut(slot, content, out);
        } else if (rules.mayFallBack()) {
            slot.discard();
            restore(out);
        }
    }

    private void handOut(Slot slot, byte[] content, Outbox<SnapshotsMessage> out) {
        SealRecord of = slot.sealed();
        int incarnation = leader.incarnation();
        out.send(
                new NodeId(leader.place()),
                new Restored(leader.term(), incarnation, of.epoch(), of.registers(), content));
    }

    // ---- snapshots

    /** Whether the writer leads, and its snapshot is not sealed; tells it if not. */
    private boolean mayWrite(NodeId origin, long term, long epoch, Outbox<SnapshotsMessage> out) {
        if (rules.isOutranked(term, leader.term())) {
            out.send(origin, new Fenced(leader.term()));
            return false;
        }
        for (Slot slot : slots) {
            SealRecord record = slot.sealed();
            if (record.term() == term && record.epoch() >= epoch) {
                out.send(origin, new Sealed(term, record.epoch()));
                return false;
            }
        }
        return true;
    }

    /** Of what is older than the acknowledged snapshot only the newest one is kept. */
    private void discardOlderThan(long acknowledged, Outbox<SnapshotsMessage> out) {
        long keep = 0;
        for (Slot slot : slots) {
            SealRecord record = slot.sealed();
            if (record.epoch() < acknowledged) {
                keep = Math.max(keep, record.epoch());
            }
        }
        for (Slot slot : slots) {
            if (slot.holdsSnapshot() && slot.sealed().epoch() < keep) {
                out.claim(new Fact.Discarded(new Epoch(slot.sealed().epoch())));
                slot.discard();
            }
        }
    }

    private void write(NodeId origin, Sections sections, Outbox<SnapshotsMessage> out) {
        Slot slot = writing(sections.term(), sections.epoch());
        if (slot == null) {
            slot = slotFor(sections.epoch());
            if (slot == null) {
                return;
            }
            slot.begin(sections.term(), sections.epoch());
        }
        int index = sections.index();
        Received received = new Received(sections.term(), sections.epoch(), index);
        slot.write(index, sections.content(), o -> o.send(origin, received), out);
    }

    private @Nullable Slot writing(long term, long epoch) {
        for (Slot slot : slots) {
            if (slot.isWriting(term, epoch)) {
                return slot;
            }
        }
        return null;
    }

    /**
     * A slot for another snapshot. There is one for each that its writer may have under way, so if
     * none is free, one belongs to a snapshot that its writer has given up: the oldest makes room.
     */
    private @Nullable Slot slotFor(long epoch) {
        Slot oldest = null;
        for (Slot slot : slots) {
            if (slot.isFree()) {
                return slot;
            }
            if (slot.writes() < (oldest == null ? epoch : oldest.writes())) {
                oldest = slot;
            }
        }
        return oldest;
    }

    private void seal(NodeId origin, Seal seal, Outbox<SnapshotsMessage> out) {
        Slot slot = writing(seal.term(), seal.epoch());
        if (slot == null || !slot.isComplete()) {
            // What had been received before the storage began again is gone.
            if (slot != null) {
                slot.abandon();
            }
            out.send(origin, new Lost(seal.term(), seal.epoch()));
            return;
        }
        var record = new SealRecord(seal.term(), seal.epoch(), seal.registers(), seal.checksum());
        slot.seal(
                record,
                o -> {
                    slot.sealedAs(record);
                    o.claim(new Fact.Obeyed(Topology.STORAGE, record.term()));
                    claimSealed(record, o);
                    o.send(origin, new Sealed(record.term(), record.epoch()));
                },
                out);
    }

    @Override
    public String waitsFor() {
        return ready ? "snapshots under term " + leader.term() : "its disk";
    }
}
