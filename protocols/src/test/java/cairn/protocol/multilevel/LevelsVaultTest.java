package cairn.protocol.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.fault.SeededChoices;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.Records;
import cairn.model.fault.Fault;
import cairn.model.memory.PagedMemory;
import cairn.part.Channels;
import cairn.part.DiskEvents;
import cairn.part.Image;
import cairn.part.ensemble.Choice;
import cairn.part.ensemble.Content;
import cairn.part.ensemble.Ensemble;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.EnsembleMessage.Put;
import cairn.part.ensemble.EnsembleMessage.Stored;
import cairn.part.ensemble.Held;
import cairn.part.ensemble.Pace;
import cairn.part.ensemble.Piece;
import cairn.part.ensemble.Vault;
import cairn.protocol.RecordingOutbox;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The disk of rank 1, which keeps copies for rank 0. */
final class LevelsVaultTest implements DiskEvents<EnsembleMessage>, Vault.Owner {

    private static final NodeId WARD = new NodeId(0);
    private static final NodeId PARTNER = new NodeId(2);
    private static final Epoch LINE = new Epoch(1_000_001);
    private static final Epoch GIVEN_UP = new Epoch(1_000_002);
    private static final Epoch NEW = new Epoch(2_000_001);

    private final Kernel kernel = new Kernel();
    private final SimulatedDisk disk =
            new SimulatedDisk("n1", DiskCosts.NVME_PROTECTED, kernel, new SeededChoices(1), this);
    private final RecordingOutbox<EnsembleMessage> out = new RecordingOutbox<>(0, disk);
    private LevelsVault vault = of(MultilevelSettings.DEFAULT);
    private final List<Held> kept = new ArrayList<>();
    private long era = 1;

    private LevelsVault of(MultilevelSettings settings) {
        return new LevelsVault(
                1,
                this,
                new Ensemble(
                        new TokenRing(new RingSettings(3, 10, 1_000, 1, 0)),
                        new Pace(1_000_000, 1_000_000),
                        CpuCosts.DEFAULT,
                        Channels.Manner.ORDERED,
                        true,
                        1,
                        cairn.part.ensemble.Rules.SOUND),
                settings,
                Rules.SOUND);
    }

    private void toTheEnd() {
        while (kernel.step()) {
            // Each step is one operation of the disk.
        }
    }

    private static Image image(int rank, Epoch epoch) {
        PagedMemory.Snapshot memory = new PagedMemory(4096).snapshot();
        return Image.full(rank, epoch, memory, new byte[0]);
    }

    private void put(Epoch epoch) {
        Image image = image(0, epoch);
        vault.on(WARD, new Put(Piece.image(0, epoch), new Content(image.bytes())), out);
    }

    private List<Epoch> held() {
        return vault.held().stream().map(held -> held.piece().epoch()).toList();
    }

    private void goBack() {
        era = 2;
        vault.fetch(new Choice(LINE, 1), out);
    }

    @Test
    void whatIsKeptForAnotherRankIsGivenUpWithTheLine() {
        vault.open(out);
        toTheEnd();
        put(LINE);
        put(GIVEN_UP);
        toTheEnd();
        assertEquals(List.of(LINE, GIVEN_UP), held());
        goBack();
        toTheEnd();
        assertEquals(List.of(LINE), held());
    }

    /** A line that all had left came together again from copies that were late. */
    @Test
    void aCopyThatIsLateDoesNotBringBackWhatWasGivenUp() {
        vault.open(out);
        toTheEnd();
        put(LINE);
        toTheEnd();
        // On its way to the disk, and on its way to the machine.
        put(GIVEN_UP);
        goBack();
        put(GIVEN_UP);
        put(NEW);
        toTheEnd();
        assertEquals(List.of(LINE, NEW), held());
    }

    private void openWithCopiesFromDisk() {
        vault =
                of(
                        Records.like(MultilevelSettings.DEFAULT)
                                .with("copiedFrom", CopiedFrom.DISK)
                                .made());
        vault.open(out);
        toTheEnd();
    }

    @Test
    void aCopyFromTheDiskLeavesWhenTheImageIsDurableAndReadBack() {
        openWithCopiesFromDisk();
        vault.keep(image(1, LINE), List.of(), out);
        while (out.takeSent().isEmpty()) {
            assertTrue(kernel.step(), "no copy was sent");
            assertEquals(List.of(), kept);
        }
        assertEquals(List.of(LINE), held());
        // What it is known to hold is what it read: the partner's answer makes it kept.
        vault.on(PARTNER, new Stored(Piece.image(1, LINE)), out);
        assertEquals(List.of(LINE), kept.stream().map(held -> held.piece().epoch()).toList());
    }

    @Test
    void anImageThatCannotBeReadBackIsWrittenAgain() {
        openWithCopiesFromDisk();
        vault.keep(image(1, LINE), List.of(), out);
        while (held().isEmpty()) {
            assertTrue(kernel.step(), "nothing was written");
        }
        disk.strike(new Fault.SectorRot(WARD));
        toTheEnd();
        // From memory, and read back whole.
        assertEquals(List.of(LINE), held());
        assertEquals(1, out.takeSent().size());
    }

    private void keeps(Epoch epoch) {
        vault.keep(image(1, epoch), List.of(), out);
        toTheEnd();
    }

    private List<Epoch> sentToStoreAfterCommitOf(Epoch epoch) {
        vault.commit(epoch, out);
        toTheEnd();
        return out.takeSent().stream()
                .map(RecordingOutbox.Sent::message)
                .<Epoch>mapMulti((message, epochs) -> {
                    if (message instanceof Put(Piece piece, Content _)) {
                        epochs.accept(piece.epoch());
                    }
                })
                .toList();
    }

    /** It was sealed as part of a line to which nobody could go back; cut off, it was the last. */
    @Test
    void whatIsDamagedOnTheDiskIsNotFlushedAndTheNextOneIs() {
        vault =
                of(
                        Records.like(MultilevelSettings.DEFAULT)
                                .with("partnerEvery", 0)
                                .with("flushEvery", 1)
                                .made());
        vault.open(out);
        toTheEnd();
        keeps(LINE);
        disk.strike(new Fault.SectorRot(WARD));
        assertEquals(List.of(), sentToStoreAfterCommitOf(LINE));
        keeps(GIVEN_UP);
        assertEquals(List.of(GIVEN_UP), sentToStoreAfterCommitOf(GIVEN_UP));
    }

    @Override
    public void tell(Event.OfDisk<EnsembleMessage> event) {
        vault.on(event, out);
    }

    @Override
    public long era() {
        return era;
    }

    // What the vault tells is of no interest here.

    @Override
    public void opened(Outbox<EnsembleMessage> outbox) {}

    @Override
    public void kept(Held held, Outbox<EnsembleMessage> outbox) {
        kept.add(held);
    }

    @Override
    public void fetchedCopies(Image copies, Outbox<EnsembleMessage> outbox) {}

    @Override
    public void fetched(@Nullable Image image, Outbox<EnsembleMessage> outbox) {}

    @Override
    public void unreadable(Outbox<EnsembleMessage> outbox) {}
}
