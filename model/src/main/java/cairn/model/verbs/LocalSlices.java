package cairn.model.verbs;

import java.util.List;

/** Arithmetic on gather and scatter lists. */
final class LocalSlices {

    private LocalSlices() {}

    /** The sum of lengths; more than 2 GiB throws {@link ArithmeticException}. */
    static int length(List<LocalSlice> slices) {
        int sum = 0;
        for (int i = 0; i < slices.size(); i++) {
            sum = Math.addExact(sum, slices.get(i).length());
        }
        return sum;
    }
}
