package cairn.cluster.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.util.TimeScheduler3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** What waits at a narrow place of a real network. */
@Timeout(60)
final class BottleneckTest {

    /** A message takes hours. */
    private static final double CLOSED = 1e-10;

    private final TimeScheduler3 timer = new TimeScheduler3();
    private final BlockingQueue<Message> through = new LinkedBlockingQueue<>();
    private volatile double bytesPerNano = CLOSED;
    private final Bottleneck bottleneck = new Bottleneck(timer, () -> bytesPerNano, through::add);

    @AfterEach
    void stop() {
        timer.stop();
    }

    private void widen(double width) {
        bytesPerNano = width;
        bottleneck.changed();
    }

    private List<Message> enter(int messages) {
        List<Message> entered =
                Stream.generate(() -> (Message) new BytesMessage(null, new byte[1_000]))
                        .limit(messages)
                        .toList();
        entered.forEach(bottleneck::enter);
        return entered;
    }

    private Set<Message> taken(int messages) throws InterruptedException {
        Set<Message> taken = new HashSet<>();
        for (int i = 0; i < messages; i++) {
            taken.add(through.take());
        }
        return taken;
    }

    @Test
    void messagesTakeTheTimeOfTheirBytesOneAfterTheOther() throws Exception {
        bytesPerNano = 1e-3;
        long began = System.nanoTime();
        List<Message> entered = enter(4);
        assertEquals(Set.copyOf(entered), taken(4));
        long bytes = entered.stream().mapToLong(Message::size).sum();
        assertTrue(bytes > 4_000);
        assertTrue(System.nanoTime() - began >= bytes * 1_000);
    }

    @Test
    void whatWaitsPassesWhenThePlaceIsWideAgain() throws Exception {
        List<Message> entered = enter(3);
        assertTrue(through.isEmpty());
        widen(Double.POSITIVE_INFINITY);
        assertEquals(Set.copyOf(entered), taken(3));
    }

    @Test
    void whereTooManyWaitMoreAreDropped() throws Exception {
        List<Message> entered = enter(Bottleneck.MOST_WAITING + 5);
        widen(Double.POSITIVE_INFINITY);
        Set<Message> waited = taken(Bottleneck.MOST_WAITING);
        assertEquals(Set.copyOf(entered.subList(0, Bottleneck.MOST_WAITING)), waited);
        List<Message> later = enter(1);
        assertEquals(Set.copyOf(later), taken(1), "nothing came between");
    }
}
