package cairn.cluster.group;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.cluster.run.Ports;
import cairn.cluster.wire.Vocabulary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

final class ReadingTcpTest {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long PATIENCE_SECONDS = 60;
    private static final byte[] PIECE = new byte[64 * 1024];

    /** Together more than a member lets others send it, or a socket holds, before it has read. */
    private static final int PIECES = 72;

    @Test
    @Timeout(2 * PATIENCE_SECONDS)
    void twoThatFloodEachOtherFromTheThreadsThatReadBothComeToAnEnd() throws Exception {
        List<Integer> ports = Ports.free(2);
        List<String> contacts = ports.stream().map(port -> LOOPBACK + ":" + port).toList();
        var arrived = new CountDownLatch(2 * PIECES);
        try (Group one = group(0, ports, contacts, arrived);
                Group other = group(1, ports, contacts, arrived)) {
            one.send(Kind.MESSAGE, 0, 1, "flood");
            other.send(Kind.MESSAGE, 1, 0, "flood");
            assertTrue(
                    arrived.await(PATIENCE_SECONDS, TimeUnit.SECONDS),
                    () -> arrived.getCount() + " of " + 2 * PIECES + " pieces never arrived");
        }
    }

    private static Group group(
            int place, List<Integer> ports, List<String> contacts, CountDownLatch arrived)
            throws Exception {
        var stack =
                new Stack(
                        LOOPBACK,
                        ports.get(place),
                        contacts,
                        Stack.SILENCE_MILLIS,
                        place == 0 ? 500 : 5_000,
                        false);
        var flooding = new Flooding(place, arrived);
        var group = new Group(new Member(place, 1, 0), Vocabulary.NONE, stack.channel(), flooding);
        flooding.group.complete(group);
        group.connect();
        return group;
    }

    /** Answers one message by many, before it returns. */
    private static final class Flooding implements Mailbox {

        private final int place;
        private final CountDownLatch arrived;
        private final CompletableFuture<Group> group = new CompletableFuture<>();

        Flooding(int place, CountDownLatch arrived) {
            this.place = place;
            this.arrived = arrived;
        }

        @Override
        public void arrived(Kind kind, int from, int to, Object content) {
            if (content instanceof byte[]) {
                arrived.countDown();
                return;
            }
            for (int i = 0; i < PIECES; i++) {
                group.join().send(Kind.MESSAGE, place, from, PIECE);
            }
        }

        @Override
        public void viewed(List<Member> members) {
            // Both know each other.
        }

        @Override
        public void broken(Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }
}
