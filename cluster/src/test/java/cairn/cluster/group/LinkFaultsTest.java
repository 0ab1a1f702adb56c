package cairn.cluster.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.model.fault.LinkQuality;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.stack.Protocol;
import org.jgroups.util.TimeScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * What becomes of messages on bad ways, with a timer that does what it is to do when it is told.
 */
final class LinkFaultsTest {

    private static final int FROM = 3;
    private static final Address SENDER = new Member(FROM, 1, 0).address();
    private static final Map<Integer, LinkQuality> NARROW =
            Map.of(FROM, new LinkQuality(0, 0, 0, 0, 0, 1e-9));
    private static final Map<Integer, LinkQuality> LOSING =
            Map.of(FROM, new LinkQuality(1, 0, 0, 0, 0));
    private static final Map<Integer, LinkQuality> WELL = Map.of();

    private final Queue<Runnable> timer = new ArrayDeque<>();
    private final List<Message> arrived = new ArrayList<>();
    private final LinkFaults faults = new LinkFaults();

    @BeforeEach
    void putBetweenTransportAndReceiver() {
        faults.setDownProtocol(new SHARED_LOOPBACK().setTimer(timer()));
        faults.setUpProtocol(
                new Protocol() {
                    @Override
                    public Object up(Message message) {
                        arrived.add(message);
                        return message;
                    }
                });
    }

    private TimeScheduler timer() {
        return (TimeScheduler)
                Proxy.newProxyInstance(
                        TimeScheduler.class.getClassLoader(),
                        new Class<?>[] {TimeScheduler.class},
                        (_, method, arguments) -> {
                            assertEquals("schedule", method.getName());
                            timer.add((Runnable) arguments[0]);
                            return null;
                        });
    }

    private void runTimer() {
        for (Runnable next = timer.poll(); next != null; next = timer.poll()) {
            next.run();
        }
    }

    private void set(Map<Integer, LinkQuality> ways) {
        faults.set(ways, _ -> {});
    }

    private Message send() {
        Message message = new BytesMessage(SENDER, new byte[100]).setSrc(SENDER);
        faults.up(message);
        return message;
    }

    @Test
    void aWayThatIsWideAgainAndEmptyIsForgotten() {
        set(NARROW);
        Message first = send();
        Message second = send();
        set(WELL);
        assertEquals(1, faults.narrowWays());
        runTimer();
        assertEquals(List.of(first, second), arrived);
        assertEquals(0, faults.narrowWays());
    }

    @Test
    void aWayWhereNothingWaitsIsForgottenAtOnce() {
        set(NARROW);
        send();
        // As if time had passed: the timer does not ask how much.
        runTimer();
        assertEquals(1, faults.narrowWays());
        set(WELL);
        assertEquals(0, faults.narrowWays());
    }

    /** Else the second healing would not reach what the first one had not let through yet. */
    @Test
    void whatStillWaitsWhenTheWayIsNarrowAgainIsHealedWithIt() {
        set(NARROW);
        Message first = send();
        set(WELL);
        set(NARROW);
        Message second = send();
        assertEquals(1, faults.narrowWays());
        timer.clear();
        set(WELL);
        runTimer();
        assertEquals(List.of(first, second), arrived);
        assertEquals(0, faults.narrowWays());
    }

    /** A message that was looked at right before the healing comes to the place after it. */
    @Test
    void aMessageThatFindsItsWayHealedInTheMeantimePassesAndLeavesNothingBehind() {
        set(NARROW);
        Message late = sentWhile(() -> set(WELL));
        runTimer();
        assertEquals(List.of(late), arrived);
        assertEquals(0, faults.narrowWays());
    }

    @Test
    void whatIsLostIsLaidToTheStateThatLostIt() {
        List<String> told = new ArrayList<>();
        faults.set(LOSING, place -> told.add("before " + place));
        sentWhile(() -> faults.set(LOSING, place -> told.add("after " + place)));
        assertEquals(List.of("before " + FROM), told);
        assertEquals(List.of(), arrived);
    }

    /** A message whose sender is looked at for the first time while something happens. */
    private Message sentWhile(Runnable something) {
        var message =
                new BytesMessage(SENDER, new byte[100]) {
                    private boolean lookedAt;

                    @Override
                    public Address getSrc() {
                        if (!lookedAt) {
                            lookedAt = true;
                            something.run();
                        }
                        return super.getSrc();
                    }
                };
        message.setSrc(SENDER);
        faults.up(message);
        return message;
    }
}
