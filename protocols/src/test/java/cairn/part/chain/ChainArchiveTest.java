package cairn.part.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.CalmChoices;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.model.storage.StorageError;
import cairn.part.Image;
import cairn.protocol.RecordingOutbox;
import cairn.simulator.disk.Completions;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

/** Images of a memory of four pages on a simulated disk, of which each but the first is a delta. */
final class ChainArchiveTest implements Completions, ImageFile.Listener<Message> {

    private static final int PAGES = 4;
    private static final Epoch FIRST = new Epoch(1);
    private static final Epoch SECOND = new Epoch(2);

    private final Kernel kernel = new Kernel();
    private final SimulatedDisk disk =
            new SimulatedDisk("n0", DiskCosts.NVME_CONSUMER, kernel, new CalmChoices(), this);
    private final RecordingOutbox<Message> out =
            new RecordingOutbox<>(PAGES * PagedMemory.PAGE_BYTES, disk);
    private ImageFiles<Message> files = new ImageFiles<>(Outbox::disk);
    private ChainArchive<Message> archive = new ChainArchive<>(0, files, FileRules.SOUND);
    private boolean complete;

    private void run() {
        while (kernel.step()) {
            // Each step is one operation of the disk.
        }
    }

    /** The owner is started anew, and looks what is there. */
    private List<Epoch> restart() {
        files = new ImageFiles<>(Outbox::disk);
        files.open(0);
        archive = new ChainArchive<>(0, files, FileRules.SOUND);
        archive.scan(_ -> {}, out);
        run();
        return archive.restorable();
    }

    /** Stores to a page, and begins to write what changed since a base. */
    private void write(Epoch epoch, Epoch base, int page) {
        out.memory().writeLong((long) page * PagedMemory.PAGE_BYTES, epoch.number());
        var pages = new BitSet();
        pages.set(page);
        byte[] state = {(byte) epoch.number()};
        var draft = new Image.Draft(0, epoch, base, PAGES, pages, new BitSet(), state);
        new ImageFile<>(epoch, draft, files, FileRules.SOUND, 1, this).proceed(out);
    }

    private void writeBoth() {
        restart();
        write(FIRST, FIRST, 0);
        run();
        archive.add(FIRST, FIRST, out);
        write(SECOND, FIRST, 1);
        run();
        archive.add(SECOND, FIRST, out);
    }

    @Test
    void aRestorePutsTheChainTogether() {
        writeBoth();
        assertTrue(complete);
        assertEquals(List.of(FIRST, SECOND), restart());
        out.memory().clear();
        assertEquals(2, archive.restore(SECOND, out.memory())[0]);
        assertEquals(1, out.memory().readLong(0));
        assertEquals(2, out.memory().readLong(PagedMemory.PAGE_BYTES));
    }

    @Test
    void aChainThatLacksAnImageIsNotOffered() {
        writeBoth();
        disk.delete(1_000, files.image(1));
        run();
        assertEquals(List.of(), restart());
    }

    @Test
    void anImageThatIsNotCompleteIsNotThere() {
        restart();
        write(FIRST, FIRST, 0);
        kernel.step();
        disk.processCrash();
        assertEquals(List.of(), restart());
        assertFalse(complete);
    }

    /** All others went back to it, and had to go back once more. */
    @Test
    void whatIsOfferedSurvivesALossOfPower() {
        writeBoth();
        // It just gets its name when its owner looks what is there.
        disk.rename(1_000, files.image(2), "elsewhere");
        disk.syncDirectory(1_001);
        disk.rename(1_002, "elsewhere", files.image(2));
        run();
        assertEquals(List.of(FIRST, SECOND), restart());
        disk.powerLoss();
        assertEquals(List.of(FIRST, SECOND), restart());
    }

    @Test
    void onceItIsMergedTheNewestNeedsNoOther() {
        writeBoth();
        assertEquals(2, archive.length(SECOND));
        var compaction = new Compaction<>(0, SECOND, files, archive, FileRules.SOUND);
        compaction.begin(out);
        run();
        assertTrue(compaction.isDone());
        assertEquals(1, archive.length(SECOND));
        archive.prune(SECOND, SECOND, out);
        run();
        assertEquals(List.of(SECOND), restart());
        out.memory().clear();
        archive.restore(SECOND, out.memory());
        assertEquals(1, out.memory().readLong(0));
    }

    @Test
    void goingBackRemovesWhatLiesBeyondTheLine() {
        writeBoth();
        restart();
        archive.cutAt(FIRST, _ -> {}, out);
        run();
        assertEquals(List.of(FIRST), restart());
    }

    @Override
    public void pagesStored(BitSet pages, Outbox<Message> to) {
        // Nobody waits for a page.
    }

    @Override
    public void complete(Outbox<Message> to) {
        complete = true;
    }

    @Override
    public void failed(Outbox<Message> to) {
        throw new AssertionError("this disk refuses nothing");
    }

    @Override
    public void written(long token) {
        files.on(new Event.Stored<>(token), out);
    }

    @Override
    public void synced(long token) {
        files.on(new Event.Stored<>(token), out);
    }

    @Override
    public void fetched(long token, byte[] content) {
        files.on(new Event.Fetched<>(token, content), out);
    }

    @Override
    public void listed(long token, List<String> names) {
        files.on(new Event.Listed<>(token, names), out);
    }

    @Override
    public void failed(long token, StorageError error) {
        files.on(new Event.StoreFailed<>(token, error), out);
    }
}
