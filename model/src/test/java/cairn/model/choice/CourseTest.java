package cairn.model.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class CourseTest {

    private static final Law SERIES = new Law.Series(List.of(10L, 20L, 900L, 30L), 5);

    private final List<String> asked = new ArrayList<>();

    /** Answers each question with the same place of its law, and notes it. */
    private Choices at(double fraction) {
        return (choice, count) -> {
            asked.add(choice.name());
            return choice.law().at((long) (fraction * 0x1.0p63) << 1);
        };
    }

    @Test
    void aSeriesIsAskedOnceWhereItBeginsAndThenGoesByTime() {
        var course = new Course("sync", SERIES, at(0.5));
        assertEquals(900, course.at(0));
        assertEquals(900, course.at(4));
        assertEquals(30, course.at(5));
        assertEquals(10, course.at(10), "after its last it begins again");
        assertEquals(20, course.at(15));
        assertEquals(List.of("sync begins"), asked);
    }

    @Test
    void whatIsAlwaysTheSameIsNotAskedAndAllElseIsAskedEachTime() {
        assertEquals(7, new Course("constant", new Law.Constant(7), at(0)).at(0));
        assertEquals(List.of(), asked);
        var uniform = new Course("uniform", new Law.Uniform(0, 9), at(0.25));
        assertEquals(2, uniform.at(0));
        assertEquals(2, uniform.at(0));
        assertEquals(List.of("uniform", "uniform"), asked);
    }

    @Test
    void aSeriesAllowsWhatWasSeenAndIsCalmInItsMiddle() {
        assertEquals(30, SERIES.calm());
        assertEquals(10, SERIES.least());
        assertTrue(SERIES.allows(900));
        assertFalse(SERIES.allows(25));
        assertThrows(IllegalArgumentException.class, () -> new Law.Series(List.of(), 5));
        assertThrows(IllegalArgumentException.class, () -> new Law.Series(List.of(1L), 0));
    }
}
