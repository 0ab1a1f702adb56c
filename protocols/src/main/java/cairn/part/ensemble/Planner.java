package cairn.part.ensemble;

import java.util.List;
import java.util.SortedMap;

/** Chooses the line of checkpoints to go back to. */
public interface Planner {

    /**
     * Where each rank goes on from, in order.
     *
     * @param reports what each place holds, by its index
     */
    List<Choice> plan(SortedMap<Integer, List<Held>> reports);
}
