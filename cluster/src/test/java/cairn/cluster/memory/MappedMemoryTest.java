package cairn.cluster.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** What was flushed survives a loss of power, and is flushed once. */
final class MappedMemoryTest {

    @TempDir private Path folder = Path.of("");

    private MappedMemory opened() throws IOException {
        return new MappedMemory(folder, 8192, _ -> {});
    }

    @Test
    void onlyWhatWasFlushedSurvivesALossOfPowerEvenIfALaterProcessFoundTheRest()
            throws IOException {
        MappedMemory memory = opened();
        memory.writeLong(0, 1);
        memory.writeLong(4096, 2);
        assertEquals(8, memory.flush(0, 8));
        assertEquals(2, opened().readLong(4096));
        MappedMemory.losePower(folder);
        assertEquals(1, opened().readLong(0));
        assertEquals(0, opened().readLong(4096));
    }

    @Test
    void whatIsDurableIsNotFlushedAgainAndWhatChangedSinceIs() throws IOException {
        MappedMemory memory = opened();
        memory.writeLong(0, 1);
        assertEquals(8, memory.flush(0, 8));
        assertEquals(0, memory.flush(0, 8));
        memory.writeLong(0, 3);
        // Also by a process that does not know what the one before had flushed.
        MappedMemory next = opened();
        assertEquals(8, next.flush(0, 8));
        assertEquals(8, next.stableBytes());
        MappedMemory.losePower(folder);
        assertEquals(3, opened().readLong(0));
    }
}
