package cairn.protocol.snapshots;

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

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

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
    private @Nullable Leader leader;
    private boolean ready;
    private boolean restoring;

    Storage(SnapshotsSettings settings, long memoryBytes, CpuCosts costs, Rules rules) {
        this.costs = costs;
        this.rules = rules;
        int snapshotBytes = Math.toIntExact(memoryBytes);
        int sectionBytes = SharedSnapshot.sectionBytes(settings);
        // The acknowledged one, one before it, and those that are on their way or not yet
        // acknowledged.
        for (int i = 1; i <= settings.overlapping() + 2; i++) {
            slots.add(new Slot(i, snapshotBytes, sectionBytes, rules, calls));
        }
    }

    private long highest() {
        return leader == null ? 0 : leader.term();
    }

    @Override
    public void boot(Boot boot, Outbox<SnapshotsMessage> out) {
        leaderFile.read(out);
    }

    @Override
    public void on(Event<SnapshotsMessage> event, Outbox<SnapshotsMessage> out) {
        switch (event) {
            case Event.Delivered(NodeId origin, SnapshotsMessage message) -> {
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
            case Event.Asked<?> _, Event.Answered<?> _, Event.Computed<?> _, Event.OfNic<?> _ ->
                    throw new IllegalStateException("not for the storage: " + event);
        }
    }

    private void leaderFile(Event.OfDisk<SnapshotsMessage> event, Outbox<SnapshotsMessage> out) {
        switch (leaderFile.on(event, out)) {
            case ABSENT -> scan(0, out);
            case READ -> {
                Leader found = Leader.read(leaderFile.content());
                leader = found;
                claimGranted(found, out);
                scan(0, out);
            }
            case WRITTEN -> granted(out);
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
                    SealRecord found = slot.sealed();
                    if (found != null) {
                        claimSealed(found, o);
                    }
                    scan(number + 1, o);
                },
                out);
    }

    private static void claimSealed(SealRecord record, Outbox<SnapshotsMessage> out) {
        Epoch epoch = new Epoch(record.epoch());
        out.claim(new Fact.Sealed(epoch, epoch));
    }

    private void delivered(NodeId origin, SnapshotsMessage message, Outbox<SnapshotsMessage> out) {
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
            case SnapshotsMessage.Beat _,
                    SnapshotsMessage.Probe _,
                    SnapshotsMessage.Start _,
                    SnapshotsMessage.Trigger _,
                    SnapshotsMessage.Quiesce _,
                    SnapshotsMessage.Kill _,
                    SnapshotsMessage.Alive _,
                    Restored _,
                    Received _,
                    Sealed _,
                    Lost _,
                    Fenced _ ->
                    throw new IllegalStateException("not for the storage: " + message);
        }
    }

    // ---- who leads

    private void take(Leader wanted, Outbox<SnapshotsMessage> out) {
        if (leaderFile.isBusy()) {
            return;
        }
        if (wanted.term() > highest()) {
            leader = wanted;
            restoring = false;
            slots.forEach(Slot::abandon);
            leaderFile.write(wanted.bytes(), out);
        } else if (wanted.equals(leader)) {
            restore(wanted, out);
        } else {
            out.send(new NodeId(wanted.place()), new Fenced(highest()));
        }
    }

    private void granted(Outbox<SnapshotsMessage> out) {
        Leader granted = leader;
        if (granted == null) {
            throw new IllegalStateException("a term was stored that nobody asked for");
        }
        claimGranted(granted, out);
        restore(granted, out);
    }

    private static void claimGranted(Leader granted, Outbox<SnapshotsMessage> out) {
        out.claim(new Fact.Managing(Topology.STORAGE, granted.term()));
        out.claim(
                new Fact.Granted(
                        Topology.STORAGE,
                        RESOURCE,
                        new NodeId(granted.place()),
                        EnumSet.of(Access.REMOTE_READ, Access.REMOTE_WRITE),
                        granted.term()));
    }

    /** Hands out the newest snapshot; one that is damaged is passed over for an older one. */
    private void restore(Leader to, Outbox<SnapshotsMessage> out) {
        Slot newest = newest();
        if (restoring) {
            return;
        }
        if (newest == null) {
            out.send(
                    new NodeId(to.place()),
                    new Restored(to.term(), to.incarnation(), 0, Registers.INITIAL, new byte[0]));
            return;
        }
        restoring = true;
        newest.read((content, o) -> restored(to, newest, content, o), out);
    }

    private void restored(Leader to, Slot slot, byte[] content, Outbox<SnapshotsMessage> out) {
        restoring = false;
        out.spend(costs.checksumNanos(content.length) + costs.memcpyNanos(content.length));
        SealRecord record = slot.sealed();
        if (!to.equals(leader)) {
            return;
        }
        if (content.length > 0 && record != null) {
            out.send(
                    new NodeId(to.place()),
                    new Restored(
                            to.term(),
                            to.incarnation(),
                            record.epoch(),
                            record.registers(),
                            content));
        } else if (rules.mayFallBack()) {
            slot.discard();
            restore(to, out);
        }
    }

    private @Nullable Slot newest() {
        Slot newest = null;
        for (Slot slot : slots) {
            SealRecord record = slot.sealed();
            SealRecord best = newest == null ? null : newest.sealed();
            if (record != null && (best == null || record.isNewerThan(best))) {
                newest = slot;
            }
        }
        return newest;
    }

    // ---- snapshots

    /** Whether the writer leads, and its snapshot is not sealed; tells it if not. */
    private boolean mayWrite(NodeId origin, long term, long epoch, Outbox<SnapshotsMessage> out) {
        if (rules.isOutranked(term, highest())) {
            out.send(origin, new Fenced(highest()));
            return false;
        }
        for (Slot slot : slots) {
            SealRecord record = slot.sealed();
            if (record != null && record.term() == term && record.epoch() >= epoch) {
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
            if (record != null && record.epoch() < acknowledged) {
                keep = Math.max(keep, record.epoch());
            }
        }
        for (Slot slot : slots) {
            SealRecord record = slot.sealed();
            if (record != null && record.epoch() < keep) {
                slot.discard();
                out.claim(new Fact.Discarded(new Epoch(record.epoch())));
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
        slot.write(
                sections.index(),
                sections.content(),
                o ->
                        o.send(
                                origin,
                                new Received(sections.term(), sections.epoch(), sections.index())),
                out);
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
        return ready ? "snapshots under term " + highest() : "its disk";
    }
}
