package cairn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Records that differ from others in what is named. */
final class RecordsTest {

    private record Range(String unit, long least, long most) {
        Range {
            if (least > most) {
                throw new IllegalArgumentException(least + " to " + most);
            }
        }
    }

    private static final Range USUAL = new Range("ns", 1, 10);

    @Test
    void whatIsNamedIsOtherAndAllElseStays() {
        assertEquals(
                new Range("ns", 5, 7),
                Records.like(USUAL).with("least", 5).with("most", 7L).made());
        assertEquals(USUAL, Records.like(USUAL).made());
    }

    @Test
    void whatTheRecordRefusesIsRefusedInItsWords() {
        Exception refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Records.like(USUAL).with("least", 11).made());
        assertEquals("11 to 10", refused.getMessage());
    }

    @Test
    void anotherNameOrTypeIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> Records.like(USUAL).with("last", 11).made());
        assertThrows(
                IllegalArgumentException.class,
                () -> Records.like(USUAL).with("least", "1").made());
    }
}
