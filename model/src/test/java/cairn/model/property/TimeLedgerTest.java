package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.MANAGER;
import static cairn.model.property.Story.PRIMARY;
import static cairn.model.property.Story.STORE;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.verbs.Access;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;

class TimeLedgerTest {

    private static final List<Activity> ACTIVITIES = List.of(Activity.values());

    private final TimeLedger ledger = new TimeLedger();

    private void claim(long at, NodeId node, Fact fact) {
        ledger.on(new Observation.Claimed(at, node, 0, fact, 0));
    }

    private void does(long at, NodeId node, Activity activity) {
        claim(at, node, new Fact.Doing(activity));
    }

    private void resumes(long at, NodeId node, long epoch) {
        claim(at, node, new Fact.Resumed(new Epoch(epoch)));
    }

    private void grants(long at, NodeId holder, long term) {
        claim(
                at,
                MANAGER,
                new Fact.Granted(STORE, "r", holder, EnumSet.of(Access.REMOTE_WRITE), term));
    }

    private void accounts(long useful, long pause, long lost, long restart, long down) {
        assertEquals(
                List.of(useful, pause, 0L, 0L, lost, restart, down),
                List.of(
                        ledger.nanos(Activity.USEFUL),
                        ledger.nanos(Activity.CHECKPOINT_PAUSE),
                        ledger.nanos(Activity.FAULT_STALL),
                        ledger.nanos(Activity.LOGGING),
                        ledger.nanos(Activity.LOST),
                        ledger.nanos(Activity.RESTART),
                        ledger.nanos(Activity.DOWN)));
    }

    @Test
    void usefulTimeSinceTheRestoredCutIsLostAndTheGapIsDown() {
        does(5, PRIMARY, Activity.RESTART);
        resumes(10, PRIMARY, 0);
        does(10, PRIMARY, Activity.USEFUL);
        claim(100, PRIMARY, new Fact.Cut(new Epoch(1)));
        does(100, PRIMARY, Activity.CHECKPOINT_PAUSE);
        does(120, PRIMARY, Activity.USEFUL);
        ledger.on(new Observation.Ended(150, PRIMARY, 0, "crash"));
        does(200, BACKUP, Activity.RESTART);
        resumes(240, BACKUP, 1);
        does(250, BACKUP, Activity.USEFUL);
        ledger.close(300);
        accounts(90 + 50, 20, 30, 5 + 50, 5 + 50);
        assertEquals(300, ledger.total());
    }

    @Test
    void aPrimaryThatStandsStillIsDown() {
        resumes(0, PRIMARY, 0);
        does(0, PRIMARY, Activity.USEFUL);
        ledger.on(new Observation.Struck(40, new Fault.Pause(PRIMARY)));
        ledger.on(new Observation.Healed(70, new Fault.Pause(PRIMARY)));
        ledger.close(100);
        accounts(70, 0, 0, 0, 30);
    }

    @Test
    void aReplacedPrimaryThatStillBelievesClaimsNoTime() {
        grants(0, PRIMARY, 1);
        resumes(0, PRIMARY, 0);
        does(0, PRIMARY, Activity.USEFUL);
        grants(50, BACKUP, 2);
        does(50, BACKUP, Activity.RESTART);
        resumes(60, BACKUP, 0);
        does(70, BACKUP, Activity.USEFUL);
        does(80, PRIMARY, Activity.CHECKPOINT_PAUSE);
        claim(85, PRIMARY, new Fact.Cut(new Epoch(7)));
        resumes(90, PRIMARY, 0);
        ledger.close(100);
        accounts(30, 0, 60, 10, 0);
    }

    @Test
    void whatWasLostOnceIsNotLostAgain() {
        resumes(0, PRIMARY, 0);
        does(0, PRIMARY, Activity.USEFUL);
        claim(10, PRIMARY, new Fact.Cut(new Epoch(1)));
        for (int i = 1; i <= 3; i++) {
            resumes(20L * i, PRIMARY, 1);
        }
        ledger.close(60);
        accounts(10, 0, 50, 0, 0);
    }

    @Test
    void anActivityWithoutAResumedStateIsCaught() {
        new Story("TIME")
                .does(BACKUP, Activity.RESTART)
                .does(BACKUP, Activity.USEFUL)
                .isViolatedAtOnce("TIME", "backup-1 claims USEFUL", "without having resumed");
    }

    @Test
    void timeThatRunsBackwardsIsCaught() {
        new Story("TIME")
                .resumes(PRIMARY, 0, 50)
                .does(PRIMARY, Activity.USEFUL)
                .later(-5_000)
                .does(PRIMARY, Activity.LOGGING)
                .isViolatedAtOnce("TIME", "time ran backwards");
    }

    @Property(tries = 200)
    void theSumIsTheWallTimeWhateverIsClaimed(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 1 << 20) Integer> steps) {
        TimeLedger any = new TimeLedger();
        long at = 0;
        for (int step : steps) {
            at += step % 7;
            NodeId node = new NodeId(step / 7 % 3);
            Activity activity = ACTIVITIES.get(step / 21 % ACTIVITIES.size());
            Epoch epoch = new Epoch(step / 256 % 4);
            any.on(
                    switch (step / 1024 % 6) {
                        case 0 -> new Observation.Claimed(at, node, 0, new Fact.Doing(activity), 0);
                        case 1 -> new Observation.Claimed(at, node, 0, new Fact.Resumed(epoch), 0);
                        case 2 -> new Observation.Claimed(at, node, 0, new Fact.Cut(epoch), 0);
                        case 3 -> new Observation.Ended(at, node, 0, "crash");
                        case 4 -> new Observation.Struck(at, new Fault.Pause(node));
                        default -> new Observation.Healed(at, new Fault.Pause(node));
                    });
        }
        any.close(at + 5);
        assertEquals(at + 5, any.total());
        for (Activity activity : ACTIVITIES) {
            assertEquals(true, any.nanos(activity) >= 0, activity::toString);
        }
    }
}
