package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.experiment.file.UserMistake;

import org.junit.jupiter.api.Test;

import java.util.List;

class SeedsTest {

    @Test
    void seedsStandInTheOrderInWhichTheyAreWritten() {
        Seeds seeds = SeedRange.read("--seeds", "5..7, 1, 8, 2..3");
        assertEquals(List.of(5L, 6L, 7L, 1L, 8L, 2L, 3L), seeds);
        for (int place = 0; place < seeds.size(); place++) {
            assertEquals(place, seeds.indexOf(seeds.get(place)));
        }
        assertEquals(-1, seeds.indexOf(4L));
        assertEquals(-1, seeds.indexOf(0L));
        assertEquals(-1, seeds.indexOf(9L));
        assertThrows(IndexOutOfBoundsException.class, () -> seeds.get(7));
    }

    @Test
    void aSeedThatStandsTwiceIsNamed() {
        for (String text :
                List.of("1..9, 7", "7, 1..9", "7..9, 1..7", "1..7, 7..9", "9, 7, 5..8")) {
            assertEquals(
                    "--seeds: seed 7 stands twice",
                    assertThrows(UserMistake.class, () -> SeedRange.read("--seeds", text))
                            .getMessage());
        }
    }
}
