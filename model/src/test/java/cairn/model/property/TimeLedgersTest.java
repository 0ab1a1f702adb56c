package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.PRIMARY;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;

import org.junit.jupiter.api.Test;

/** Each rank has an account of its own; what happens to a node shows on those of all its ranks. */
class TimeLedgersTest {

    private final TimeLedgers ledgers = new TimeLedgers(2);

    private void claim(long at, NodeId node, Fact fact) {
        ledgers.on(new Observation.Claimed(at, node, 0, fact, 0));
    }

    @Test
    void theTimeOfEachRankIsAccountedForOnce() {
        claim(10, PRIMARY, new Fact.Resumed(0, Epoch.ZERO));
        claim(10, PRIMARY, new Fact.Doing(0, Activity.USEFUL));
        claim(20, BACKUP, new Fact.Resumed(1, Epoch.ZERO));
        claim(20, BACKUP, new Fact.Doing(1, Activity.USEFUL));
        claim(30, PRIMARY, new Fact.Cut(0, new Epoch(1)));
        claim(30, PRIMARY, new Fact.Doing(0, Activity.CHECKPOINT_PAUSE));
        claim(35, PRIMARY, new Fact.Doing(0, Activity.USEFUL));
        ledgers.on(new Observation.Ended(60, BACKUP, 0, "crash"));
        ledgers.close(100);
        assertEquals((30 - 10) + (100 - 35) + (60 - 20), ledgers.nanos(Activity.USEFUL));
        assertEquals(5, ledgers.nanos(Activity.CHECKPOINT_PAUSE));
        assertEquals(10 + 20 + 40, ledgers.nanos(Activity.DOWN));
        assertEquals(200, ledgers.total());
    }

    @Test
    void aRankThatMovesTakesItsAccountAlong() {
        claim(0, PRIMARY, new Fact.Resumed(0, Epoch.ZERO));
        claim(0, PRIMARY, new Fact.Doing(0, Activity.USEFUL));
        claim(40, BACKUP, new Fact.Doing(0, Activity.USEFUL));
        claim(40, BACKUP, new Fact.Moved(0, Epoch.ZERO));
        ledgers.on(new Observation.Ended(50, PRIMARY, 0, "switched off"));
        ledgers.close(70);
        assertEquals(70, ledgers.nanos(Activity.USEFUL));
        assertEquals(70, ledgers.nanos(Activity.DOWN));
    }
}
