package cairn.cluster.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

final class ReadingTest {

    private static final ThreadLocal<Reading.Reader> PARTS = new ThreadLocal<>();

    private final List<Integer> taken = new CopyOnWriteArrayList<>();

    @Test
    @Timeout(60)
    void whoWaitsForALaterMessageIsRelievedAndLeavesWithTheEndOfTheConnection() throws Exception {
        var end = new PipedOutputStream();
        var peer = new DataOutputStream(end);
        var in = new DataInputStream(new PipedInputStream(end));
        var later = new CountDownLatch(1);
        Consumer<Reading.Reader> starting =
                reader ->
                        Thread.ofPlatform()
                                .daemon()
                                .start(() -> {
                                    PARTS.set(reader);
                                    reader.readOn();
                                });
        var reading =
                new Reading(
                        in,
                        length ->
                                PARTS.get()
                                        .leaveFor(() -> {
                                            taken.add(length);
                                            later.countDown();
                                        }),
                        starting);
        peer.writeInt(2);
        peer.writeInt(3);
        peer.close();

        Reading.Reader first = reading.first();
        first.leaveFor(() -> {
            taken.add(1);
            // Without relief nobody would read what this waits for.
            while (later.getCount() > 0) {
                reading.relieve(0);
                Thread.onSpinWait();
            }
        });

        assertThrows(EOFException.class, first::stayUntilOver);
        assertEquals(List.of(1, 2, 3), taken);
    }

    @Test
    void whoIsAtTheConnectionIsNotRelieved() throws Exception {
        var reading =
                new Reading(
                        new DataInputStream(new PipedInputStream()),
                        _ -> {
                            throw new AssertionError("nothing is read");
                        },
                        _ -> {
                            throw new AssertionError("nobody has to read on");
                        });
        reading.first().leaveFor(() -> taken.add(1));

        reading.relieve(0);

        reading.first().stayUntilOver();
        assertEquals(List.of(1), taken);
    }
}
