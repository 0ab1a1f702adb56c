package cairn.model.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class ChancesTest {

    private final List<String> asked = new ArrayList<>();
    private final Chances chances =
            new Chances((choice, count) -> {
                asked.add(choice.name() + " #" + count);
                return 1;
            });

    @Test
    void aQuestionThatComesBackIsCountedOnWhateverWasAskedInBetween() {
        assertTrue(chances.of("loss 0.1", 0.1).happens());
        assertTrue(chances.of("loss 0.2", 0.2).happens());
        assertTrue(chances.of("loss 0.1", 0.1).happens());
        assertEquals(List.of("loss 0.1 #0", "loss 0.2 #0", "loss 0.1 #1"), asked);
        assertEquals(new Law.Chance(0.2), chances.of("loss 0.2", 0.2).law());
    }
}
