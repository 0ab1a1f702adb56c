package cairn.part.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

final class ErasureCodeTest {

    private static final int LENGTH = 40;

    /** Blocks of different lengths. */
    private static List<byte[]> blocks(int count) {
        List<byte[]> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] block = new byte[LENGTH - i];
            for (int at = 0; at < block.length; at++) {
                block[at] = (byte) (31 * i + 7 * at + 1);
            }
            blocks.add(block);
        }
        return blocks;
    }

    @Test
    void theFirstBlockOfParityIsTheExclusiveOr() {
        List<byte[]> data = blocks(3);
        byte[] sum = new byte[LENGTH];
        data.forEach(block -> {
            for (int at = 0; at < block.length; at++) {
                sum[at] ^= block[at];
            }
        });
        assertArrayEquals(sum, new ErasureCode(2).parity(0, data));
    }

    /** Whichever two of five are lost, and whichever two of three rows of parity are there. */
    @Test
    void anyLossFollowsFromAsManyBlocksOfParity() {
        var code = new ErasureCode(3);
        List<byte[]> data = blocks(5);
        for (int first = 0; first < 5; first++) {
            for (int second = first + 1; second < 5; second++) {
                for (int absent = 0; absent < 3; absent++) {
                    SortedMap<Integer, byte[]> left = new TreeMap<>();
                    for (int column = 0; column < 5; column++) {
                        if (column != first && column != second) {
                            left.put(column, data.get(column));
                        }
                    }
                    SortedMap<Integer, byte[]> parity = new TreeMap<>();
                    for (int row = 0; row < 3; row++) {
                        if (row != absent) {
                            parity.put(row, code.parity(row, data));
                        }
                    }
                    SortedMap<Integer, byte[]> found = code.recover(5, left, parity);
                    assertEquals(List.of(first, second), List.copyOf(found.keySet()));
                    found.forEach((column, block) ->
                            assertArrayEquals(Arrays.copyOf(data.get(column), LENGTH), block));
                }
            }
        }
    }
}
