package cairn.part.snapshot;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.memory.PagedMemory;
import cairn.part.DiskEvents;
import cairn.part.snapshot.StorageMessage.Fenced;
import cairn.part.snapshot.StorageMessage.Lost;
import cairn.part.snapshot.StorageMessage.Received;
import cairn.part.snapshot.StorageMessage.Restored;
import cairn.part.snapshot.StorageMessage.Seal;
import cairn.part.snapshot.StorageMessage.Sealed;
import cairn.part.snapshot.StorageMessage.Sections;
import cairn.part.snapshot.StorageMessage.Take;
import cairn.part.snapshot.StorageMessage.ToStorage;
import cairn.protocol.RecordingOutbox;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** Whom the storage believes, and which snapshot it hands out. */
final class StorageTest implements DiskEvents<Said> {

    private static final NodeId FIRST = new NodeId(0);
    private static final NodeId SECOND = new NodeId(1);
    private static final NodeId SELF = new NodeId(4);
    private static final Registers REGISTERS = new Registers(5, 6, 7);

    private final Kernel kernel = new Kernel();
    private final SimulatedDisk disk =
            new SimulatedDisk("n4", DiskCosts.NVME_PROTECTED, kernel, new SeededChoices(1), this);
    private RecordingOutbox<Said> out = new RecordingOutbox<>(0, disk);
    private SnapshotStore<Said> store = store(2);
    private Storage<Said> storage = new Storage<>(store);

    private static SnapshotStore<Said> store(int overlapping) {
        return new SnapshotStore<>(
                new SnapshotSettings(overlapping, 1, 1_000, 0),
                SELF,
                2 * PAGE_BYTES,
                CpuCosts.DEFAULT,
                SnapshotRules.SOUND,
                Said::new);
    }

    @Override
    public void tell(Event.OfDisk<Said> event) {
        storage.on(event, out);
    }

    @BeforeEach
    void start() {
        out = new RecordingOutbox<>(0, disk);
        storage = new Storage<>(store);
        storage.boot(new Boot(SELF, 0), out);
        settle();
    }

    private void settle() {
        while (kernel.step()) {
            // Each step is one operation of the disk.
        }
    }

    private StorageMessage tell(NodeId from, ToStorage message) {
        storage.on(new Event.Delivered<>(from, new Said(message)), out);
        settle();
        var sent = out.takeSent();
        assertEquals(1, sent.size());
        assertEquals(from, sent.getFirst().to());
        return sent.getFirst().message().carried();
    }

    private static byte[] page(int fill) {
        byte[] page = new byte[PAGE_BYTES];
        Arrays.fill(page, (byte) fill);
        return page;
    }

    private static long checksum(int fill) {
        return Outgoing.fold(
                Outgoing.fold(0, page(fill), 0, PAGE_BYTES), page(fill), 0, PAGE_BYTES);
    }

    private StorageMessage transfer(NodeId from, long term, long epoch, int fill) {
        for (int index = 0; index < 2; index++) {
            Sections sections = new Sections(term, epoch, 0, index, page(fill));
            assertEquals(new Received(term, epoch, index), tell(from, sections));
        }
        return tell(from, new Seal(term, epoch, REGISTERS, checksum(fill)));
    }

    private void handsOut(NodeId to, long term, long epoch, int fill) {
        Restored restored = (Restored) tell(to, new Take(term, 0));
        assertEquals(epoch, restored.epoch());
        PagedMemory memory = new PagedMemory(2 * PAGE_BYTES);
        restored.into(memory);
        byte[] last = new byte[PAGE_BYTES];
        memory.read(PAGE_BYTES, last, 0, PAGE_BYTES);
        assertEquals(fill, last[PAGE_BYTES - 1]);
    }

    @Test
    void sn8OnlyASealedSnapshotIsHandedOutWithTheStateThatBelongsToIt() {
        tell(FIRST, new Take(1, 0));
        assertEquals(new Sealed(1, 1), transfer(FIRST, 1, 1, 3));
        tell(FIRST, new Sections(1, 2, 1, 0, page(9)));
        handsOut(SECOND, 2, 1, 3);
        start();
        Restored again = (Restored) tell(SECOND, new Take(2, 0));
        assertEquals(REGISTERS, again.registers(), "after a crash too");
    }

    @Test
    void sn8ASnapshotOfWhichASectionIsMissingIsNotSealed() {
        tell(FIRST, new Take(1, 0));
        tell(FIRST, new Sections(1, 1, 0, 1, page(3)));
        assertEquals(new Lost(1, 1), tell(FIRST, new Seal(1, 1, REGISTERS, 0)));
    }

    @Test
    void sn6WhoWasReplacedWritesNothingAnyMore() {
        tell(FIRST, new Take(1, 0));
        transfer(FIRST, 1, 1, 3);
        handsOut(SECOND, 2, 1, 3);
        assertEquals(new Fenced(2), tell(FIRST, new Sections(1, 2, 1, 0, page(9))));
        assertEquals(new Fenced(2), tell(FIRST, new Take(1, 0)));
        start();
        assertEquals(new Fenced(2), tell(FIRST, new Seal(1, 2, REGISTERS, 0)), "after a crash too");
        assertEquals(new Sealed(2, 2), transfer(SECOND, 2, 2, 4));
    }

    @Test
    void sn8ADamagedSnapshotIsPassedOverForTheOneBefore() {
        tell(FIRST, new Take(1, 0));
        transfer(FIRST, 1, 1, 3);
        assertEquals(new Sealed(1, 2), transfer(FIRST, 1, 2, 4));
        // What the seal says of its sections is wrong.
        for (int index = 0; index < 2; index++) {
            tell(FIRST, new Sections(1, 3, 0, index, page(5)));
        }
        assertEquals(new Sealed(1, 3), tell(FIRST, new Seal(1, 3, REGISTERS, checksum(6))));
        handsOut(SECOND, 2, 2, 4);
        assertTrue(out.takeClaimed().size() > 3);
    }

    @Test
    void whatATermThatIsOverSealedLeavesRoomForAllThatIsOnItsWay() {
        tell(FIRST, new Take(1, 0));
        transfer(FIRST, 1, 1, 3);
        for (int index = 0; index < 2; index++) {
            tell(FIRST, new Sections(1, 2, 1, index, page(9)));
        }
        // The record of the seal is on the disk when another one takes the lead.
        Seal late = new Seal(1, 2, REGISTERS, checksum(9));
        storage.on(new Event.Delivered<>(FIRST, new Said(late)), out);
        for (String done : List.of("sections", "their name", "record")) {
            assertTrue(kernel.step(), done);
        }
        handsOut(SECOND, 2, 1, 3);
        start();
        assertEquals(new Sealed(2, 2), transfer(SECOND, 2, 2, 4));
        out.takeClaimed();
        for (int epoch = 3; epoch <= 4; epoch++) {
            Sections first = new Sections(2, epoch, 2, 0, page(5));
            assertEquals(new Received(2, epoch, 0), tell(SECOND, first));
        }
        assertEquals(List.of(new Fact.Discarded(new Epoch(1))), out.takeClaimed());
        tell(SECOND, new Sections(2, 3, 2, 1, page(5)));
        assertEquals(new Sealed(2, 3), tell(SECOND, new Seal(2, 3, REGISTERS, checksum(5))));
        tell(SECOND, new Sections(2, 4, 3, 1, page(5)));
        // Another one of this number is that before the acknowledged one.
        assertEquals(
                List.of(),
                out.takeClaimed().stream().filter(Fact.Discarded.class::isInstance).toList());
    }

    @Test
    void whatATermThatIsOverSealedAfterTheNextOneBeganMakesRoomForIt() {
        store = store(1);
        start();
        tell(FIRST, new Take(1, 0));
        transfer(FIRST, 1, 1, 3);
        transfer(FIRST, 1, 2, 4);
        for (int index = 0; index < 2; index++) {
            tell(FIRST, new Sections(1, 3, 2, index, page(9)));
        }
        Seal late = new Seal(1, 3, REGISTERS, checksum(9));
        storage.on(new Event.Delivered<>(FIRST, new Said(late)), out);
        for (String done : List.of("sections", "their name", "record")) {
            assertTrue(kernel.step(), done);
        }
        handsOut(SECOND, 2, 2, 4);
        start();
        out.takeClaimed();
        Sections first = new Sections(2, 3, 2, 0, page(5));
        assertEquals(new Received(2, 3, 0), tell(SECOND, first));
        assertEquals(List.of(new Fact.Discarded(new Epoch(3))), out.takeClaimed());
        tell(SECOND, new Sections(2, 3, 2, 1, page(5)));
        assertEquals(new Sealed(2, 3), tell(SECOND, new Seal(2, 3, REGISTERS, checksum(5))));
        handsOut(FIRST, 3, 3, 5);
    }

    @Test
    void sn8WhatAFailedSyncLeftInThePageCacheIsDurableBeforeItIsSealed() {
        tell(FIRST, new Take(1, 0));
        for (int index = 0; index < 2; index++) {
            tell(FIRST, new Sections(1, 1, 0, index, page(3)));
        }
        // The second sync fails: the record is written, and nobody knows whether it is durable.
        Seal seal = new Seal(1, 1, REGISTERS, checksum(3));
        storage.on(new Event.Delivered<>(FIRST, new Said(seal)), out);
        for (String done : List.of("sections", "their name", "record")) {
            assertTrue(kernel.step(), done);
        }
        disk.strike(new Fault.DiskError(SELF, 1));
        settle();
        assertTrue(out.isHalted());
        disk.heal(new Fault.DiskError(SELF, 1));
        start();
        assertEquals(new Sealed(1, 1), tell(FIRST, seal));
        disk.powerLoss();
        start();
        handsOut(SECOND, 2, 1, 3);
    }
}
