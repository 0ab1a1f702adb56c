package cairn.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.model.Hardware;
import cairn.model.NodeId;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which faults a search may let strike. */
final class EverywhereTest {

    private static final List<Seat> SEATS = Seat.several("node-", 1, 4, Hardware.PLAIN);

    private static Admissible of(FaultKind kind) {
        return new Admissible(Map.of(kind, Admissible.ANY));
    }

    private static List<RandomFault> narrow(Admissible admissible) {
        return admissible.everywhere(SEATS).stream()
                .filter(one -> one.fault() instanceof Fault.BadLink bad && bad.quality().isNarrow())
                .toList();
    }

    @Test
    void eachWayMayBecomeNarrowWhereLinksMayBeBad() {
        Set<List<NodeId>> ways = new HashSet<>();
        for (RandomFault one : narrow(of(FaultKind.BAD_LINK))) {
            Fault.OfLink link = (Fault.OfLink) one.fault();
            ways.add(List.of(link.from(), link.to()));
        }
        assertEquals(6, ways.size());
        assertEquals(List.of(), narrow(of(FaultKind.CUT)));
    }

    /** One choice for each: else a search would have to let both strike or none. */
    @Test
    void noTwoOfThemAreAskedForByOneName() {
        List<RandomFault> all = Admissible.EVERYTHING.everywhere(SEATS);
        assertEquals(all.size(), all.stream().map(RandomFault::name).distinct().count());
    }
}
