package cairn.cluster.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A loss of power takes back exactly what was not synced; the end of a process nothing. */
final class FolderTest {

    @TempDir private Path path = Path.of("");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the next process finds. */
    private Folder reopened(Folder folder, boolean powerLost) throws IOException {
        folder.close();
        Folder next = new Folder(path);
        if (powerLost) {
            next.undo();
        }
        return next;
    }

    @Test
    void whatWasNotSyncedSurvivesTheEndOfTheProcess() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("one"));
        folder = reopened(folder, false);
        assertArrayEquals(bytes("one"), folder.read("image"));
        folder.close();
    }

    @Test
    void whatWasNotSyncedIsLostWithPowerEvenByALaterProcess() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("one"));
        folder = reopened(folder, false);
        folder = reopened(folder, true);
        assertEquals(List.of(), folder.list());
        folder.close();
    }

    @Test
    void aLostWriteLeavesTheLengthAndNotTheBytes() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("first"));
        folder.loseWrite("image", 3, 4);
        assertArrayEquals(bytes("first\0\0"), folder.read("image"));
        folder.loseWrite("other", 1, 2);
        assertArrayEquals(new byte[3], folder.read("other"));
        folder.sync("other");
        folder.close();
    }

    @Test
    void anEntryOfTheLogThatAKillCutShortIsNotReadAndThoseBeforeAre() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("first"));
        folder.sync("image");
        folder.syncDirectory();
        folder.write("image", 0, bytes("xx"));
        folder.close();
        Path undo = path.resolve("undo");
        int first = 2 * Integer.BYTES + ByteBuffer.wrap(Files.readAllBytes(undo)).getInt();
        folder = new Folder(path);
        folder.write("image", 2, bytes("yyy"));
        folder.close();
        byte[] torn = Files.readAllBytes(undo);
        // Of the second entry, only its length and its checksum were written.
        Arrays.fill(torn, first + 2 * Integer.BYTES, torn.length, (byte) 9);
        Files.write(undo, torn);
        folder = reopened(new Folder(path), true);
        assertArrayEquals(bytes("fiyyy"), folder.read("image"));
        folder.close();
    }

    @Test
    void overwrittenBytesComeBackAndAddedOnesGo() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("first"));
        folder.sync("image");
        folder.syncDirectory();
        folder.write("image", 2, bytes("xxxxxx"));
        folder.write("image", 0, bytes("yy"));
        folder = reopened(folder, true);
        assertArrayEquals(bytes("first"), folder.read("image"));
        folder.close();
    }

    @Test
    void bytesThatWereSyncedStayThoughTheirNameWasNot() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("old"));
        folder.sync("image");
        folder.syncDirectory();
        folder.write("new", 0, bytes("new"));
        folder.sync("new");
        folder.rename("new", "image");
        folder = reopened(folder, true);
        assertArrayEquals(bytes("old"), folder.read("image"));
        assertEquals(List.of("image"), folder.list());
        folder.close();
    }

    @Test
    void aRenamedFileStaysOnceItsNameIsDurable() throws IOException {
        Folder folder = new Folder(path);
        folder.write("new", 0, bytes("new"));
        folder.sync("new");
        folder.rename("new", "image");
        folder.syncDirectory();
        folder = reopened(folder, true);
        assertArrayEquals(bytes("new"), folder.read("image"));
        folder.close();
    }

    @Test
    void aNameThatIsDurableMayHoldBytesThatAreNot() throws IOException {
        Folder folder = new Folder(path);
        folder.write("new", 0, bytes("new"));
        folder.rename("new", "image");
        folder.syncDirectory();
        folder = reopened(folder, true);
        assertEquals(0, folder.read("image").length);
        folder.close();
    }

    @Test
    void aDeletedFileComesBackUnlessTheDirectoryWasSynced() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("one"));
        folder.sync("image");
        folder.syncDirectory();
        folder.delete("image");
        folder = reopened(folder, true);
        assertArrayEquals(bytes("one"), folder.read("image"));
        folder.delete("image");
        folder.syncDirectory();
        folder = reopened(folder, true);
        assertEquals(List.of(), folder.list());
        folder.close();
    }

    /** Its number may be another file's by now, whose bytes a loss of power would mix with its. */
    @Test
    void ofAFileThatIsGoneForEverNothingIsTakenBack() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("first"));
        folder.sync("image");
        folder.syncDirectory();
        folder.write("image", 0, bytes("xx"));
        folder.delete("image");
        assertEquals(2, whatIsOpen().size(), "what it held and that it was there can come back");
        folder.syncDirectory();
        assertEquals(List.of(), whatIsOpen());
        folder.close();
    }

    @Test
    void ofAFileInWhosePlaceAnotherCameForEverNothingIsTakenBack() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("first"));
        folder.syncDirectory();
        folder.write("new", 0, bytes("new"));
        folder.rename("new", "image");
        folder.syncDirectory();
        assertEquals(1, whatIsOpen().size(), "the bytes of the new one are not durable");
        folder = reopened(folder, true);
        assertEquals(0, folder.read("image").length);
        folder.close();
    }

    @Test
    void aNewFileWithTheNumberOfOneThatIsGoneLosesItsOwnBytesAlone() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("first"));
        folder.sync("image");
        folder.syncDirectory();
        long inode = OpenFile.inode(path.resolve("files/image"));
        folder.write("image", 0, bytes("xx"));
        folder.delete("image");
        folder.syncDirectory();
        folder.write("next", 0, bytes("second"));
        folder.syncDirectory();
        assumeTrue(
                OpenFile.inode(path.resolve("files/next")) == inode,
                "this file system gives numbers away once");
        folder = reopened(folder, true);
        assertEquals("", new String(folder.read("next"), StandardCharsets.UTF_8));
        folder.close();
    }

    @Test
    void aFileThatIsNotThereIsNotRenamedAndALossOfPowerTakesNothingBack() throws IOException {
        Folder folder = new Folder(path);
        folder.write("image", 0, bytes("one"));
        folder.sync("image");
        folder.syncDirectory();
        assertThrows(NoSuchFileException.class, () -> folder.rename("nothing", "image"));
        Folder next = reopened(folder, true);
        assertEquals(List.of("image"), next.list());
        assertArrayEquals(bytes("one"), next.read("image"));
        next.close();
    }

    private List<Undo> whatIsOpen() throws IOException {
        try (UndoLog log = new UndoLog(path.resolve("undo"))) {
            return log.newestFirst();
        }
    }
}
