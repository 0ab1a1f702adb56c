package cairn.part.replica;

import static cairn.part.replica.Said.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.part.DiskEvents;
import cairn.part.replica.ReplicaMessage.Holds;
import cairn.part.replica.ReplicaMessage.Probe;
import cairn.part.replica.ReplicaMessage.Replicate;
import cairn.part.replica.ReplicaMessage.ToHolder;
import cairn.protocol.RecordingOutbox;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What a place stores, and when it says so. */
final class HolderTest implements DiskEvents<Message> {

    private static final NodeId ORIGIN = Said.NODES.getFirst();
    private static final NodeId SELF = Said.NODES.get(1);

    private final Kernel kernel = new Kernel();
    private final SimulatedDisk disk =
            new SimulatedDisk("n1", DiskCosts.NVME_PROTECTED, kernel, new SeededChoices(1), this);
    private RecordingOutbox<Said> out = new RecordingOutbox<>(0, disk);
    private Holder<Said> holder = new Holder<>(Said.GROUP, SELF, 0);

    @Override
    public void tell(Event.OfDisk<Message> event) {
        holder.onDisk(event, out);
    }

    @BeforeEach
    void boot() {
        start(0);
    }

    private void start(int incarnation) {
        out = new RecordingOutbox<>(0, disk);
        holder = new Holder<>(Said.GROUP, SELF, 0);
        holder.boot(incarnation, out);
        settle();
        assertTrue(holder.isReady());
        out.takeSent();
    }

    private void settle() {
        while (kernel.step()) {
            // Each step is one operation of the disk.
        }
    }

    private List<ReplicaMessage> answers(ToHolder message) {
        holder.on(ORIGIN, message, out);
        settle();
        return out.takeSent().stream().map(sent -> sent.message().carried()).toList();
    }

    private static Replicate whole(long term, long version) {
        return new Replicate(ORIGIN, copy(term, version), version);
    }

    private static Holds holds(long number, long term, long version) {
        return new Holds(number, 0, term, version, version);
    }

    @Test
    void cs3ACopyThatIsNotOnTheDiskIsNotHeld() {
        assertEquals(List.of(new Holds(0, 0, 0, 0, 9), holds(0, 1, 9)), answers(whole(1, 9)));
        start(1);
        assertEquals(List.of(holds(4, 1, 9)), answers(new Probe(1, 4)), "after a crash too");
    }

    @Test
    void cs13WhoHeardOfALaterTermStoresNothingUnderAnEarlierOne() {
        answers(whole(1, 9));
        assertEquals(List.of(holds(2, 3, 9)), answers(new Probe(3, 2)));
        assertEquals(List.of(holds(0, 3, 9)), answers(whole(2, 10)));
        start(1);
        assertEquals(List.of(holds(0, 3, 9)), answers(whole(2, 10)), "after a crash too");
        assertEquals(holds(0, 3, 10), answers(whole(3, 10)).getLast());
    }

    @Test
    void cs13AnOlderVersionThatWasOvertakenDoesNotTakeTheNewersPlace() {
        answers(whole(1, 9));
        assertEquals(List.of(holds(0, 1, 9)), answers(whole(1, 8)));
    }

    @Test
    void aPartIsRefusedByWhoDoesNotHoldTheVersionThatItIsPutOn() {
        answers(whole(1, 7));
        Replicate part = new Replicate(ORIGIN, copy(1, 9).since(8), 8);
        assertEquals(List.of(holds(0, 1, 7)), answers(part));
        answers(whole(1, 8));
        assertEquals(holds(0, 1, 9), answers(part).getLast());
    }
}
