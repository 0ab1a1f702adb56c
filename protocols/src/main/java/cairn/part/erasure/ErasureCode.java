package cairn.part.erasure;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A systematic code: some blocks of parity are made from blocks of data, and any of the data that
 * is lost follows from the rest with as many blocks of parity. The factors are those of a Cauchy
 * matrix whose first row is all ones, so one block of parity is the exclusive or. Blocks may differ
 * in length: the rest counts as zeros.
 */
public final class ErasureCode {

    /** As many blocks as factors that differ. */
    public static final int MOST_BLOCKS = 256;

    private final int parities;

    /** A code with so many blocks of parity. */
    public ErasureCode(int parities) {
        this.parities = parities;
    }

    private int factor(int row, int column) {
        return Galois.multiply(cauchy(row, column), Galois.inverse(cauchy(0, column)));
    }

    private int cauchy(int row, int column) {
        return Galois.inverse(row ^ (parities + column));
    }

    /** A block of parity. */
    public byte[] parity(int row, List<byte[]> data) {
        byte[] parity = new byte[data.stream().mapToInt(block -> block.length).max().orElse(0)];
        for (int column = 0; column < data.size(); column++) {
            Galois.add(factor(row, column), data.get(column), parity);
        }
        return parity;
    }

    /**
     * The data that is lost, by its column, filled up with zeros to the length of the parity.
     *
     * @param data what is there, by its column
     * @param parity what is there, by its row: as many blocks as are lost, or more
     */
    public SortedMap<Integer, byte[]> recover(
            int columns, SortedMap<Integer, byte[]> data, SortedMap<Integer, byte[]> parity) {
        List<Integer> lost = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            if (!data.containsKey(column)) {
                lost.add(column);
            }
        }
        List<Integer> rows = parity.keySet().stream().limit(lost.size()).toList();
        int[][] factors = new int[lost.size()][lost.size()];
        List<byte[]> sums = new ArrayList<>();
        for (int i = 0; i < lost.size(); i++) {
            int row = rows.get(i);
            byte[] sum = parity.getOrDefault(row, new byte[0]).clone();
            data.forEach((column, block) -> Galois.add(factor(row, column), block, sum));
            sums.add(sum);
            for (int j = 0; j < lost.size(); j++) {
                factors[i][j] = factor(row, lost.get(j));
            }
        }
        solve(factors, sums);
        SortedMap<Integer, byte[]> found = new TreeMap<>();
        for (int i = 0; i < lost.size(); i++) {
            found.put(lost.get(i), sums.get(i));
        }
        return found;
    }

    /** Gauss and Jordan; no pivot is zero, since each square part of the matrix is regular. */
    private static void solve(int[][] factors, List<byte[]> sums) {
        for (int i = 0; i < factors.length; i++) {
            int pivot = Galois.inverse(factors[i][i]);
            sums.set(i, scaled(pivot, sums.get(i)));
            for (int column = 0; column < factors.length; column++) {
                factors[i][column] = Galois.multiply(pivot, factors[i][column]);
            }
            for (int other = 0; other < factors.length; other++) {
                int times = factors[other][i];
                if (other != i && times != 0) {
                    Galois.add(times, sums.get(i), sums.get(other));
                    for (int column = 0; column < factors.length; column++) {
                        factors[other][column] ^= Galois.multiply(times, factors[i][column]);
                    }
                }
            }
        }
    }

    private static byte[] scaled(int factor, byte[] bytes) {
        byte[] scaled = new byte[bytes.length];
        Galois.add(factor, bytes, scaled);
        return scaled;
    }
}
