package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

final class BatchTest {

    private static final long MILLISECOND = 1_000_000;

    private final Outcome outcome = outcome();
    private final List<Integer> tasks = new ArrayList<>();
    private final Batch batch = new Batch(entry -> tasks.add(entry.task()));

    private static Outcome outcome() {
        return Scripted.variant("a", _ -> List.of()).subject().run(new SeededChoices(1), null);
    }

    private void add(int task, long nanos) {
        batch.add(new FinishedTrial(task, 0, task, outcome, nanos));
    }

    @Test
    void oneThatTookItsTimeDoesNotWaitAndTakesThoseBeforeItAlong() {
        add(0, MILLISECOND - 1);
        add(1, 0);
        assertEquals(List.of(), tasks);
        add(2, MILLISECOND);
        assertEquals(List.of(0, 1, 2), tasks);
    }

    @Test
    void shortOnesAreHandedOverSixteenAtATimeAndAtTheEnd() {
        IntStream.range(0, 15).forEach(task -> add(task, 0));
        assertEquals(List.of(), tasks);
        add(15, 0);
        assertEquals(16, tasks.size());
        add(16, 0);
        batch.handOver();
        batch.handOver();
        assertEquals(IntStream.range(0, 17).boxed().toList(), tasks);
    }
}
