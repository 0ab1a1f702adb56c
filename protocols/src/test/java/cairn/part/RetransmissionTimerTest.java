package cairn.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** When something that nobody has acknowledged is sent again, in ticks. */
final class RetransmissionTimerTest {

    private final RetransmissionTimer timer = new RetransmissionTimer();

    /** The ticks, counted from one, at which it is sent again. */
    private List<Integer> repeats(int ticks) {
        List<Integer> repeats = new ArrayList<>();
        for (int tick = 1; tick <= ticks; tick++) {
            // What is sent between two ticks is awaited at the second tick after that.
            if (timer.tick(tick > 1)) {
                repeats.add(tick);
            }
        }
        return repeats;
    }

    @Test
    void whatIsNotAnsweredIsRepeatedAfterTwiceAsLongEachTime() {
        timer.sent(1);
        assertEquals(List.of(2, 4, 8, 16, 32, 64, 128, 192), repeats(200));
    }

    @Test
    void anAnswerWithinATickIsWaitedForNoLonger() {
        timer.sent(1);
        timer.acknowledged(1);
        timer.sent(2);
        assertEquals(2, repeats(2).getFirst());
    }

    @Test
    void nothingIsRepeatedWithinTwiceTheRoundTrip() {
        roundTripOf(5);
        timer.sent(2);
        assertEquals(List.of(10), repeats(20));
    }

    /** A first message whose answer takes so many ticks; what was sent twice is not measured. */
    private void roundTripOf(int ticks) {
        timer.sent(1);
        for (int tick = 1; tick <= ticks; tick++) {
            timer.tick(false);
        }
        timer.acknowledged(1);
    }

    @Test
    void asLongAsOthersAreAnsweredNothingIsRepeated() {
        roundTripOf(3);
        timer.sent(2);
        timer.sent(3);
        assertEquals(List.of(), repeats(5));
        timer.acknowledged(2);
        assertEquals(List.of(), repeats(5));
    }

    @Test
    void theAnswerToARepeatDoesNotSayThatTheNetworkIsFast() {
        timer.sent(1);
        assertEquals(List.of(2, 4), repeats(4));
        timer.acknowledged(1);
        timer.sent(2);
        assertEquals(List.of(5), repeats(7), "four ticks were waited last");
    }
}
