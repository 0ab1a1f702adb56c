package cairn.part.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What rank 0 of three knows of the logs of the others. */
final class KnownLogsTest {

    private final KnownLogs logs = new KnownLogs(3);

    private static DependencyVector on(int rank, long life, long position) {
        return DependencyVector.zero(3).with(rank, life, position);
    }

    @Test
    void aStateIsStableWhenNoOtherRankCanLoseWhatItDependsOn() {
        DependencyVector vector = on(1, 0, 5).with(0, 0, 9);
        assertFalse(logs.areStable(vector, 0));
        logs.durable(1, 4);
        assertFalse(logs.areStable(vector, 0));
        logs.durable(1, 5);
        assertTrue(logs.areStable(vector, 0));
    }

    @Test
    void whatALifeDidAfterItsEndIsLostAndWithItWhatDependsOnThat() {
        logs.learn(1, new Past(List.of(new Past.End(2, 4))));
        assertTrue(logs.isLost(on(1, 2, 5)));
        assertTrue(logs.isLost(on(1, 1, 5)), "an earlier life's state after that is lost too");
        assertFalse(logs.isLost(on(1, 2, 4)));
        assertFalse(logs.isLost(on(1, 3, 5)), "the next life goes on from there");
        assertTrue(logs.areStable(on(1, 2, 4), 0), "it began its new life with that");
    }

    @Test
    void whatDependsOnTwoStatesDependsOnTheLaterOneOfEachRank() {
        DependencyVector both = on(1, 1, 7).merged(on(1, 2, 3).with(2, 0, 6));
        assertEquals(on(1, 2, 3).with(2, 0, 6), both);
        assertEquals("[0:0, 2:3, 0:6]", both.toString());
    }
}
