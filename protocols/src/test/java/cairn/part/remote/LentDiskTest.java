package cairn.part.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cairn.fault.SeededChoices;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.storage.StorageError;
import cairn.part.DiskEvents;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Two nodes without disks ask the same things of one that has one, under the same tokens. */
final class LentDiskTest implements DiskEvents<Message> {

    private final Kernel kernel = new Kernel();
    private final SimulatedDisk disk =
            new SimulatedDisk("n0", DiskCosts.NVME_CONSUMER, kernel, new SeededChoices(1), this);
    private final LentDisk lent = new LentDisk();
    private final List<LentDisk.Answer> answers = new ArrayList<>();

    private RemoteDisk of(int who) {
        return new RemoteDisk(errand -> lent.carryOut(who, errand, disk));
    }

    private LentDisk.Answer answer() {
        kernel.step();
        return answers.getLast();
    }

    @Test
    void eachIsAnsweredUnderItsOwnToken() {
        of(1).write(7, "a", 0, new byte[] {1});
        of(2).write(7, "b", 0, new byte[] {2});
        assertEquals(new LentDisk.Answer(1, new Errand.Done(7)), answer());
        assertEquals(new LentDisk.Answer(2, new Errand.Done(7)), answer());
        of(1).read(8, "b");
        Event.OfDisk<Message> read = answer().errand().toAnswer();
        assertEquals(8, read.token());
        assertArrayEquals(new byte[] {2}, assertInstanceOf(Event.Fetched.class, read).content());
        of(2).list(9);
        assertEquals(new Errand.Names(9, List.of("a", "b")), answer().errand());
        of(2).rename(10, "none", "c");
        assertEquals(new Errand.Refused(10, StorageError.NOT_FOUND), answer().errand());
    }

    @Test
    void whatWasForgottenIsDoneAndNotAnswered() {
        of(1).write(7, "a", 0, new byte[] {1});
        lent.forget();
        kernel.step();
        assertEquals(List.of(), answers);
        of(1).list(8);
        assertEquals(new Errand.Names(8, List.of("a")), answer().errand());
    }

    @Override
    public void tell(Event.OfDisk<Message> event) {
        LentDisk.Answer answer = lent.answered(event);
        if (answer != null) {
            answers.add(answer);
        }
    }
}
