package cairn.part.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.NodeId;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Three hosts, of which one is to run the application and one to stand by. */
final class SuccessionTest {

    private static final long TICK_NANOS = 500_000;
    private static final long SUSPECT_NANOS = 5_000_000;
    private static final NodeId PRIMARY = new NodeId(0);
    private static final NodeId BACKUP = new NodeId(1);
    private static final NodeId OTHER = new NodeId(2);
    private static final List<NodeId> HOSTS = List.of(PRIMARY, BACKUP, OTHER);
    private static final ViewRules SOUND = new ViewRules() {};

    private final Watchdog watchdog = new Watchdog(TICK_NANOS, SUSPECT_NANOS, HOSTS, SOUND);
    private final Succession succession = new Succession(HOSTS, 1, watchdog, SOUND);

    private void pass(long nanos, Pulse... alive) {
        for (long passed = 0; passed < nanos; passed += TICK_NANOS) {
            watchdog.tick();
            for (Pulse sign : alive) {
                watchdog.heard(PRIMARY, sign);
            }
        }
    }

    @Test
    void pa1AHostThatAnswersWhileItsApplicationHangsIsSuspected() {
        watchdog.heard(PRIMARY, new Pulse(0, 1));
        for (long beats = 2; beats < 40; beats++) {
            pass(TICK_NANOS, new Pulse(0, beats));
            assertTrue(watchdog.isWell(PRIMARY, 0));
        }
        pass(2 * SUSPECT_NANOS, new Pulse(0, 39));
        assertFalse(watchdog.isWell(PRIMARY, 0));
    }

    @Test
    void pa1AProcessThatBeganAgainIsNotTheOneThatWasChosen() {
        watchdog.heard(PRIMARY, new Pulse(0, 100));
        assertTrue(watchdog.isWell(PRIMARY, 0));
        watchdog.heard(PRIMARY, new Pulse(1, 1));
        assertFalse(watchdog.isWell(PRIMARY, 0));
        assertTrue(watchdog.isWell(PRIMARY, 1));
        // What the former one said, overtaken on the way.
        watchdog.heard(PRIMARY, new Pulse(0, 101));
        assertEquals(1, watchdog.incarnation(PRIMARY));
    }

    @Test
    void pa1ARegistrationIsReadAsItWasWritten() {
        View view = new View(7, 3, BACKUP, 2, List.of(PRIMARY, OTHER));
        assertEquals(view, View.read(view.bytes()));
        assertEquals(View.NONE, View.read(View.NONE.bytes()));
    }

    /** All hosts but one go on until that one is suspected. */
    private void fails(NodeId host) {
        for (long beats = 2; beats < 40; beats++) {
            watchdog.tick();
            for (NodeId each : HOSTS) {
                if (!each.equals(host)) {
                    watchdog.heard(each, new Pulse(0, beats));
                }
            }
        }
    }

    private View first() {
        HOSTS.forEach(host -> watchdog.heard(host, new Pulse(0, 1)));
        return succession.next(View.NONE);
    }

    @Test
    void nobodyLeadsBeforeSomebodyWasHeard() {
        assertEquals(View.NONE, succession.next(View.NONE));
        assertEquals(new View(1, 1, PRIMARY, 0, List.of(BACKUP)), first());
    }

    @Test
    void aBackupTakesThePlaceOfThePrimaryAndAnotherHostItsOwn() {
        View view = first();
        fails(PRIMARY);
        assertEquals(new View(2, 2, BACKUP, 0, List.of(OTHER)), succession.next(view));
    }

    @Test
    void aViewThatChangesTheBackupsAloneKeepsTheTerm() {
        View view = first();
        assertEquals(view, succession.next(view), "nothing has changed");
        fails(BACKUP);
        assertEquals(new View(2, 1, PRIMARY, 0, List.of(OTHER)), succession.next(view));
    }
}
