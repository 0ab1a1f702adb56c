package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class LongTableTest {

    @Property(tries = 100)
    void itKnowsWhatAMapKnows(
            @ForAll @Size(max = 500) List<@LongRange(min = -300, max = 300) Long> keys) {
        LongTable table = new LongTable();
        Map<Long, Long> map = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            table.put(keys.get(i), i);
            map.put(keys.get(i), (long) i);
        }
        for (long key = -310; key <= 310; key++) {
            assertEquals(map.containsKey(key), table.contains(key));
            assertEquals(map.getOrDefault(key, -7L), table.get(key, -7));
        }
        map.forEach((key, value) -> assertEquals(key, table.keyOf(value, 1_000)));
        assertEquals(1_000, table.keyOf(keys.size(), 1_000));
    }

    @Test
    void anArrayGrowsToTwiceItsLengthOrToWhatIsAskedFor() {
        long[] four = {1, 2, 3, 4};
        assertSame(four, LongTable.withRoomFor(four, 3));
        assertEquals(8, LongTable.withRoomFor(four, 4).length);
        assertEquals(21, LongTable.withRoomFor(four, 20).length);
        assertEquals(4, LongTable.withRoomFor(four, 20)[3]);
    }
}
