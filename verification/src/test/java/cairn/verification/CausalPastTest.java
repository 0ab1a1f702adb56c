package cairn.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.simulator.Trace.Step;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

/** Three places; the last step is at the first one. */
final class CausalPastTest {

    private final Chronicle chronicle = new Chronicle(List.of("a", "b", "c"));

    private void step(Step step, int node, int peer, Object what) {
        chronicle.step(chronicle.size(), step, node, peer, what);
    }

    private BitSet past(int most) {
        return CausalPast.of(chronicle, chronicle.size() - 1, most);
    }

    private static BitSet entries(int... indices) {
        BitSet set = new BitSet();
        for (int index : indices) {
            set.set(index);
        }
        return set;
    }

    @Test
    void whatArrivedBringsAlongWhatItsSenderHadDoneBefore() {
        step(Step.FIRED, 2, -1, 1L);
        step(Step.FIRED, 1, -1, 1L);
        step(Step.SENT, 1, 0, "hello");
        step(Step.FIRED, 1, -1, 2L);
        step(Step.DELIVERED, 0, 1, "hello");
        step(Step.FIRED, 0, -1, 1L);
        assertEquals(entries(1, 2, 4, 5), past(10));
        assertEquals(entries(4, 5), past(2));
    }

    @Test
    void whatWasSentElsewhereChangedNothing() {
        step(Step.SENT, 0, 2, "hello");
        step(Step.SENT, 1, 2, "hello");
        step(Step.SENT, 1, 0, "hello");
        step(Step.DELIVERED, 2, 1, "hello");
        step(Step.DELIVERED, 0, 1, "hello");
        assertEquals(entries(2, 4), past(10));
    }
}
