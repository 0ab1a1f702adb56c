package cairn.part.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Messages of rank 0 to rank 1, of which two may be under way. */
final class SenderLogTest {

    private final SenderLog log = new SenderLog(2);
    private final List<Long> sent = new ArrayList<>();
    private final SenderLog.Wire wire = (copy, _) -> sent.add(copy.parcel().number());

    private void send(int count) {
        for (long number = 1; number <= count; number++) {
            var parcel = new Parcel(0, 1, number, new byte[8]);
            log.add(new SenderLog.Copy(parcel, DependencyVector.zero(2)), wire);
        }
    }

    private List<Long> takeSent() {
        List<Long> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Test
    void nothingIsSentBeforeItIsKnownHowFarTheReceiverIs() {
        send(3);
        assertEquals(List.of(), takeSent());
        log.open(1, wire);
        assertEquals(List.of(2L, 3L), takeSent());
    }

    @Test
    void whatHasArrivedIsKeptUntilItIsStable() {
        log.open(0, wire);
        send(3);
        assertEquals(List.of(1L, 2L), takeSent());
        log.acknowledged(2, 1, wire);
        assertEquals(List.of(3L), takeSent());
        log.goBack(1, wire);
        assertEquals(List.of(2L, 3L), takeSent(), "the receiver has lost what was not stable");
    }

    @Test
    void whatHasNotArrivedIsSentAgain() {
        log.open(0, wire);
        send(2);
        takeSent();
        log.tick(wire);
        assertEquals(List.of(), takeSent(), "an answer has had no time yet");
        log.acknowledged(1, 0, wire);
        log.tick(wire);
        assertEquals(List.of(2L), takeSent());
    }

    @Test
    void aRestoredLogSendsItsCopiesWhereTheReceiverWants() {
        send(3);
        var state = new ByteWriter();
        log.save(true, state);
        var restored = new SenderLog(2);
        restored.restore(2, true, new ByteReader(state.toBytes()));
        restored.open(2, wire);
        assertEquals(List.of(3L), takeSent());
    }
}
