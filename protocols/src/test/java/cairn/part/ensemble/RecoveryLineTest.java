package cairn.part.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.model.Epoch;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The search for the newest line without orphans. */
final class RecoveryLineTest {

    private static Held checkpoint(int rank, long epoch, int peer, long sent, long received) {
        return new Held(
                Piece.image(rank, new Epoch(epoch)), List.of(new Traffic(peer, sent, received)));
    }

    private static List<Long> epochs(RecoveryLine line) {
        return line.line().stream().map(choice -> choice.epoch().number()).toList();
    }

    @Test
    void theNewestCheckpointsAreALineIfNobodyReceivedWhatWasNotSent() {
        var line = new RecoveryLine(2, Rules.SOUND);
        line.add(checkpoint(0, 1, 1, 3, 1));
        line.add(checkpoint(1, 1, 0, 2, 3));
        assertEquals(List.of(1L, 1L), epochs(line));
    }

    /**
     * Each rank cuts after it received and before it answers, so every step back makes an orphan.
     */
    @Test
    void pingPongBetweenCheckpointsGoesBackToTheBeginning() {
        var line = new RecoveryLine(2, Rules.SOUND);
        for (long round = 1; round <= 9; round++) {
            line.add(checkpoint(0, round, 1, round - 1, round));
            line.add(checkpoint(1, round, 0, round, round));
        }
        // Rank 1 at its e9 has received message 9, which rank 0 has not sent at its own e9.
        assertEquals(List.of(0L, 0L), epochs(line));
    }

    @Test
    void oneCheckpointThatIsInTimeStopsTheDominoes() {
        var line = new RecoveryLine(2, Rules.SOUND);
        for (long round = 1; round <= 9; round++) {
            line.add(checkpoint(0, 2 * round, 1, round - 1, round));
            line.add(checkpoint(1, 2 * round, 0, round, round));
        }
        line.add(checkpoint(0, 13, 1, 6, 6));
        assertEquals(List.of(13L, 12L), epochs(line));
    }

    @Test
    void whatIsSentAgainIsWhatTheLineDoesNotContainTheReceiptOf() {
        var line = new RecoveryLine(2, Rules.SOUND);
        line.add(checkpoint(0, 1, 1, 5, 0));
        line.add(checkpoint(1, 1, 0, 0, 3));
        assertEquals(List.of(new Traffic(1, 5, 3)), line.line().getFirst().delivered());
    }

    @Test
    void noLineLosesWhatWasAbandonedBeforeIt() {
        var line = new RecoveryLine(2, Rules.SOUND);
        line.add(checkpoint(0, 1, 1, 1, 1));
        line.add(checkpoint(1, 1, 0, 1, 1));
        List<Choice> first = line.line();
        line.add(checkpoint(0, 2, 1, 4, 4));
        line.forgetAfter(first);
        line.forgetBefore(first);
        assertEquals(List.of(1L, 1L), epochs(line));
    }
}
