package cairn.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class PatienceTest {

    @Test
    void whatIsSaidInVainIsSaidAgainLessAndLessOften() {
        Patience patience = new Patience(2, 256);
        List<Integer> said = new ArrayList<>();
        for (int tick = 1; tick <= 30; tick++) {
            if (patience.isOver()) {
                said.add(tick);
            }
        }
        assertEquals(List.of(2, 6, 14, 30), said);
        patience.begin();
        assertFalse(patience.isOver());
        assertTrue(patience.isOver());
    }
}
