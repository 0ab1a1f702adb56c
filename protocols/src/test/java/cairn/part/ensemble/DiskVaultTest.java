package cairn.part.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.fault.SeededChoices;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.DiskEvents;
import cairn.part.Image;
import cairn.protocol.RecordingOutbox;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Images and copies of messages on a disk, and a rank that is told twice where to go back to. */
final class DiskVaultTest implements DiskEvents<EnsembleMessage>, Vault.Owner {

    private static final Epoch FIRST = new Epoch(1_000_001);
    private static final Epoch SECOND = new Epoch(1_000_002);

    private final Kernel kernel = new Kernel();
    private final SimulatedDisk disk =
            new SimulatedDisk("n0", DiskCosts.NVME_PROTECTED, kernel, new SeededChoices(1), this);
    private final RecordingOutbox<EnsembleMessage> out = new RecordingOutbox<>(0, disk);
    private final DiskVault vault = new DiskVault(0, this, 1_000, Rules.SOUND);
    private final List<String> got = new ArrayList<>();

    private void toTheEnd() {
        while (kernel.step()) {
            // Each step is one operation of the disk.
        }
    }

    private void keep(Epoch epoch) {
        PagedMemory.Snapshot memory = new PagedMemory(4096).snapshot();
        byte[] state = new SavedState(List.of(), List.of(), List.of()).bytes();
        vault.keepCopies(Image.delta(0, epoch, Epoch.ZERO, memory, new BitSet(), state), out);
        vault.keep(Image.full(0, epoch, memory, state), List.of(), out);
        toTheEnd();
    }

    @Test
    void whoIsToldAnewWhereToGoBackToGetsAllCopiesAgainBeforeTheImage() {
        vault.open(out);
        toTheEnd();
        keep(FIRST);
        keep(SECOND);
        got.clear();
        vault.fetch(new Choice(SECOND, 0), out);
        while (got.isEmpty()) {
            kernel.step();
        }
        assertEquals(List.of("copies of " + FIRST), got);
        // What came in an era that is over does not count.
        got.clear();
        vault.fetch(new Choice(SECOND, 0), out);
        toTheEnd();
        assertEquals(
                List.of(
                        "copies of " + SECOND,
                        "copies of " + FIRST,
                        "copies of " + SECOND,
                        "image " + SECOND),
                got);
    }

    @Override
    public void tell(Event.OfDisk<EnsembleMessage> event) {
        vault.on(event, out);
    }

    @Override
    public long era() {
        return 1;
    }

    @Override
    public void opened(Outbox<EnsembleMessage> outbox) {
        got.add("opened");
    }

    @Override
    public void kept(Held held, Outbox<EnsembleMessage> outbox) {
        got.add("kept " + held.piece().epoch());
    }

    @Override
    public void fetchedCopies(Image copies, Outbox<EnsembleMessage> outbox) {
        got.add("copies of " + copies.epoch());
    }

    @Override
    public void fetched(@Nullable Image image, Outbox<EnsembleMessage> outbox) {
        got.add("image " + (image == null ? "none" : image.epoch()));
    }

    @Override
    public void unreadable(Outbox<EnsembleMessage> outbox) {
        got.add("unreadable");
    }
}
