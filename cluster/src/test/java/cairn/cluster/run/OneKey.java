package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.keyvalue.KeyValueOperation;

import java.time.Duration;
import java.util.OptionalLong;

/** One key of a key-value service, written again and again: what tells whether all is well. */
final class OneKey {

    private static final int KEY = 3;
    private static final Duration MOMENT = Duration.ofMillis(300);

    private final SystemUnderTest.Session session;
    private long written;

    OneKey(SystemUnderTest.Session session) {
        this.session = session;
    }

    private boolean put(Duration patience) {
        return session.invoke(new KeyValueOperation.Put(KEY, ++written), patience).isPresent();
    }

    /** Writes, and demands an answer. */
    void isAnswered(Object why) {
        assertTrue(put(Stands.PATIENCE), () -> why + ": nobody answers");
    }

    /** Writes and reads, and demands what was written. */
    void isKept(Object why) {
        isAnswered(why);
        holds(written, why);
    }

    /** Demands that a read finds a value. */
    void holds(long value, Object why) {
        assertEquals(
                OptionalLong.of(value),
                session.invoke(new KeyValueOperation.Get(KEY), Stands.PATIENCE),
                why::toString);
    }

    /** Writes until there is no answer: a fault bites some time after it is inflicted. */
    void fallsSilent(Object why) {
        long deadline = System.nanoTime() + Stands.PATIENCE.toNanos();
        while (put(MOMENT)) {
            assertTrue(System.nanoTime() < deadline, () -> why + " has no effect");
        }
    }

    /** Ends the run, and demands that no property was violated. */
    static LiveResult concludeSoundly(SystemUnderTest system) {
        LiveResult result = system.conclude();
        Heard.nothingIsViolated(result);
        return result;
    }
}
