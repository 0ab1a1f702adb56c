package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void instantsAreInMicrosecondsAsInTimelines() {
        assertEquals("at 12.345 us", Words.at(12_345));
        assertEquals("at 5000000 us", Words.at(5_000_000_000L));
        assertEquals("at 0.050 us", Words.at(50));
    }

    @Test
    void spansHaveTheUnitThatSuitsThemAndLoseNoNanosecond() {
        assertEquals("5 s", Words.span(5_000_000_000L));
        assertEquals("1.000000001 s", Words.span(1_000_000_001));
        assertEquals("12.434704 ms", Words.span(12_434_704));
        assertEquals("999.999 us", Words.span(999_999));
        assertEquals("-2 ms", Words.span(-2_000_000));
        assertEquals("0 us", Words.span(0));
    }
}
