package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.choice.Mix;

import org.junit.jupiter.api.Test;

final class ConfigurationSetTest {

    private static final int MANY = 10_000;

    @Test
    void itHoldsWhatWasAddedAndNothingElseHoweverMuchItGrows() {
        ConfigurationSet set = new ConfigurationSet(2, MANY);
        for (int i = 0; i < MANY; i += 2) {
            assertTrue(set.add(i % 7, i % 11, bits(i)));
        }
        for (int i = 0; i < MANY; i++) {
            assertEquals(i % 2 == 0, set.contains(i % 7, i % 11, bits(i)), "configuration " + i);
        }
    }

    @Test
    void eventStateAndEveryWordTellConfigurationsApart() {
        ConfigurationSet set = new ConfigurationSet(2, MANY);
        assertTrue(set.add(0, 0, new long[] {0, 0}));
        assertTrue(set.contains(0, 0, new long[] {0, 0}));
        assertFalse(set.contains(1, 0, new long[] {0, 0}));
        assertFalse(set.contains(0, 1, new long[] {0, 0}));
        assertFalse(set.contains(0, 0, new long[] {1, 0}));
        assertFalse(set.contains(0, 0, new long[] {0, 1}));
    }

    @Test
    void whereItIsFullItStillTakesWhatItHolds() {
        ConfigurationSet set = new ConfigurationSet(2, 2);
        assertTrue(set.add(1, 0, bits(1)));
        assertTrue(set.add(2, 0, bits(2)));
        assertFalse(set.add(3, 0, bits(3)));
        assertTrue(set.add(2, 0, bits(2)));
        assertFalse(set.contains(3, 0, bits(3)));
    }

    private static long[] bits(int number) {
        return new long[] {Mix.mix(number), Mix.mix(-number)};
    }
}
