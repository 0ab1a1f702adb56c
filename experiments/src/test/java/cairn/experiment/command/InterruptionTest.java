package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;

final class InterruptionTest {

    @Test
    void aFailureIsExplainedByAnInterruptionAndByNothingElse() throws InterruptedException {
        var asked = new CountDownLatch(1);
        Thread hook;
        try (var interruption = new Interruption(asked::countDown)) {
            assertFalse(interruption.explainsFailure());
            hook = Thread.ofPlatform().start(interruption::interrupt);
            asked.await();
            assertTrue(interruption.happened());
            assertTrue(interruption.explainsFailure());
        }
        hook.join();
    }
}
