package cairn.simulator.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cairn.fault.CalmChoices;
import cairn.model.choice.Choices;
import cairn.model.storage.StorageError;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What {@link SimulatedDisk} does with files when their time has come, without the time. */
final class FileSystemTest {

    private static final int MOST = Integer.MAX_VALUE - Layer.SECTOR;

    private final FileSystem files = files(new CalmChoices());

    private static FileSystem files(Choices choices) {
        Fates fates = new Fates("n1", false, choices);
        Defects defects = new Defects(fates, new Errors("n1", 0, choices));
        return new FileSystem(DiskCosts.DISK, fates, defects);
    }

    @Test
    void aFileEndsBeforeTwoGibibytesWhereverItIsWritten() {
        assertNull(files.write("longest", MOST, new byte[0]));
        for (long offset : new long[] {MOST, 1L << 32, Long.MAX_VALUE}) {
            assertEquals(StorageError.NO_SPACE, files.write("a", offset, new byte[1]));
        }
        assertEquals(List.of("longest"), files.names());
    }

    @Test
    void ofALossThatTakesAFileItsNameAloneIsCounted() {
        files.write("kept", 0, new byte[1]);
        files.sync("kept");
        files.syncDirectory();
        files.write("kept", 0, new byte[600]);
        files.write("lost", 0, new byte[600]);
        assertEquals(new DiskLoss(2 * Layer.SECTOR, 1), files.loseCaches());
        assertEquals(List.of("kept"), files.names());
    }
}
