package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Values that are taken back, and brought back. */
final class SequenceTest {

    private final Sequence sequence = new Sequence();

    private void add(long... values) {
        Arrays.stream(values).forEach(sequence::add);
    }

    private void is(Long... values) {
        Long[] found = new Long[sequence.count()];
        for (int i = 0; i < found.length; i++) {
            found[i] = sequence.get(i + 1);
        }
        assertEquals(Arrays.asList(values), Arrays.asList(found));
    }

    @Test
    void itGoesBackToAMarkAndToTheBeginning() {
        add(1, 2);
        sequence.mark(7);
        add(3);
        sequence.goTo(7);
        is(1L, 2L);
        assertEquals(2, sequence.countAt(7));
        sequence.goTo(8);
        is();
    }

    @Test
    void whatWasTakenBackComesBackAlthoughOthersTookItsPlace() {
        add(1);
        sequence.mark(1);
        add(2);
        sequence.mark(2);
        add(3);
        sequence.mark(3);
        sequence.goTo(1);
        add(12, 13, 14);
        sequence.mark(4);
        sequence.goTo(3);
        is(1L, 2L, 3L);
        sequence.goTo(4);
        is(1L, 12L, 13L, 14L);
        sequence.goTo(2);
        is(1L, 2L);
    }

    @Test
    void whatLeadsToWhatComesBackComesBackToo() {
        add(1);
        sequence.mark(1);
        add(2);
        sequence.mark(2);
        sequence.goTo(1);
        add(3);
        sequence.mark(3);
        sequence.goTo(0);
        add(9, 9, 9);
        sequence.goTo(3);
        is(1L, 3L);
        sequence.goTo(2);
        is(1L, 2L);
    }

    @Test
    void whatIsTakenBackIsKeptOnceHoweverManyMarksLieInIt() {
        // Kept once for each mark it would take 80 GB.
        int marks = 20_000;
        for (int epoch = 1; epoch <= marks; epoch++) {
            for (int i = 0; i < 50; i++) {
                sequence.add(epoch);
            }
            sequence.mark(epoch);
        }
        assertEquals(0, sequence.goTo(0));
        assertEquals(0, sequence.count());
        assertEquals(0, sequence.goTo(marks / 2));
        assertEquals(50 * marks / 2, sequence.count());
        assertEquals(1, sequence.get(1));
        assertEquals(marks / 2, sequence.get(sequence.count()));
        assertEquals(50, sequence.goTo(1));
        assertEquals(50, sequence.goTo(marks));
        assertEquals(marks, sequence.get(50 * marks));
        assertEquals(2, sequence.get(51));
    }

    @Test
    void whatIsBroughtBackStandsWhereOthersStood() {
        add(1);
        sequence.mark(1);
        add(2);
        sequence.mark(2);
        assertEquals(1, sequence.goTo(1));
        add(12);
        sequence.mark(3);
        // The mark has as many values as there were, and only the first is one that was there.
        assertEquals(1, sequence.goTo(2));
        is(1L, 2L);
    }
}
