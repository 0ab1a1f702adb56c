package cairn.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.BankOperation;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Sessions;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.Surroundings;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** No answer leaves before the checkpoint that contains what is behind it. */
final class BatchesTest {

    private static final NodeId CLIENT = new NodeId(0);

    private final Sessions sessions = new Sessions(Surroundings.bank(), 0, 1);
    private final RecordingOutbox<Message> out =
            new RecordingOutbox<>(sessions.memoryBytes(), null);
    private final Batches batches = new Batches(new StateMachine(sessions), 2);

    @BeforeEach
    void initialise() {
        sessions.initialise(out.memory());
    }

    private void ask(int... numbers) {
        for (int number : numbers) {
            batches.ask(new Request(CLIENT, number, new BankOperation.Transfer(1, 2, 1)));
        }
        batches.gather(out);
    }

    private List<Long> answered() {
        return out.takeAnswered().stream().map(Response::number).toList();
    }

    @Test
    void answersLeaveWithTheirCheckpointOrALaterOne() {
        ask(1);
        batches.close(10);
        ask(2);
        batches.close(11);
        batches.release(9, out);
        assertEquals(List.of(), answered());
        batches.release(10, out);
        assertEquals(List.of(1L), answered());
        batches.release(12, out);
        assertEquals(List.of(2L), answered());
    }

    @Test
    void aBatchHasRoomForSoManyAndTheRestWaitsForTheNext() {
        ask(1, 2, 3);
        batches.close(10);
        assertTrue(batches.isEmpty());
        batches.gather(out);
        assertFalse(batches.isEmpty());
        batches.release(10, out);
        assertEquals(List.of(1L, 2L), answered());
    }

    @Test
    void whatOnlyReadWaitsForItsProofAndHoldsUpWhatComesAfterIt() {
        ask(1);
        batches.close(10, 3);
        ask(2);
        batches.close(11);
        assertFalse(batches.release(11, 2, out));
        assertTrue(batches.isWaiting());
        assertTrue(batches.release(10, 3, out));
        assertEquals(List.of(1L), answered());
        assertTrue(batches.release(11, 3, out));
        assertEquals(List.of(2L), answered());
        assertFalse(batches.isWaiting());
    }

    @Test
    void whatIsOpenedAgainWaitsForAnotherCheckpointInTheSameOrder() {
        ask(1);
        batches.close(10);
        ask(2);
        batches.reopen();
        batches.release(10, out);
        assertEquals(List.of(), answered());
        batches.close(11);
        batches.release(11, out);
        assertEquals(List.of(1L, 2L), answered());
    }
}
