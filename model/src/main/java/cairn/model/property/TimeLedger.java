package cairn.model.property;

import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.fault.Fault;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The account of the protected application's time: every nanosecond belongs to exactly one {@link
 * Activity}, so the sum is the wall time.
 *
 * <p>The application is where it last resumed; what other nodes claim of themselves does not count,
 * but for {@link Activity#RESTART} while no instance runs. While it has no running instance, or
 * that one stands still, it is down. When it resumes from a checkpoint, what was useful since the
 * cut of that checkpoint turns out to be lost.
 */
public final class TimeLedger implements Observer {

    private static final int ABSENT = -1;

    private final long[] nanos = new long[Activity.values().length];
    private final LongTable usefulAtCut = new LongTable();
    private final Terms terms = new Terms();
    private @Nullable Activity[] doing = new Activity[16];
    private int[] standstills = new int[16];
    private int home = ABSENT;
    private int restarting;
    private Activity now = Activity.DOWN;
    private long since;

    @Override
    public void on(Observation observation) {
        if (observation instanceof Observation.Claimed claimed) {
            claimed(claimed);
        } else if (observation instanceof Observation.Ended ended) {
            does(ended.node(), null);
            if (home == ended.node().index()) {
                home = ABSENT;
            }
            turn(ended.at());
        } else if (observation instanceof Observation.Struck(long at, Fault fault)) {
            standstill(at, fault, 1);
        } else if (observation instanceof Observation.Healed(long at, Fault fault)) {
            standstill(at, fault, -1);
        }
    }

    private void claimed(Observation.Claimed claimed) {
        long at = claimed.at();
        int node = claimed.node().index();
        if (claimed.fact() instanceof Fact.Doing(int _, Activity activity)) {
            does(claimed.node(), activity);
            turn(at);
        } else if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            if (node == home) {
                settle(at);
                usefulAtCut.put(epoch.number(), nanos(Activity.USEFUL));
            }
        } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
            if (!terms.isReplaced(claimed.node())) {
                settle(at);
                lose(epoch);
                room(claimed.node());
                home = node;
                turn(at);
            }
        } else if (claimed.fact() instanceof Fact.Moved) {
            room(claimed.node());
            home = node;
            turn(at);
        } else if (claimed.fact() instanceof Fact.SteppedDown) {
            if (node == home) {
                home = ABSENT;
                turn(at);
            }
        } else if (claimed.fact() instanceof Fact.Granted granted) {
            terms.on(granted);
        } else if (claimed.fact() instanceof Fact.Registered registered) {
            terms.on(registered);
        }
    }

    private void standstill(long at, Fault fault, int by) {
        if (fault instanceof Fault.Pause(NodeId node)) {
            room(node)[node.index()] += by;
            turn(at);
        } else if (fault instanceof Fault.CpuHang(NodeId node)) {
            room(node)[node.index()] += by;
            turn(at);
        }
    }

    private int[] room(NodeId node) {
        if (node.index() >= doing.length) {
            doing = Arrays.copyOf(doing, 2 * node.index());
            standstills = Arrays.copyOf(standstills, 2 * node.index());
        }
        return standstills;
    }

    private void does(NodeId node, @Nullable Activity activity) {
        room(node);
        restarting -= doing[node.index()] == Activity.RESTART ? 1 : 0;
        restarting += activity == Activity.RESTART ? 1 : 0;
        doing[node.index()] = activity;
    }

    /** What was useful since the cut of a checkpoint that is restored now was in vain. */
    private void lose(Epoch epoch) {
        long useful = nanos(Activity.USEFUL);
        long kept = epoch.equals(Epoch.ZERO) ? 0 : usefulAtCut.get(epoch.number(), useful);
        long lost = Math.max(0, useful - kept);
        nanos[index(Activity.USEFUL)] -= lost;
        nanos[index(Activity.LOST)] += lost;
    }

    /** Puts the time until now on the account of what was done until now. */
    private void settle(long at) {
        nanos[index(now)] += at - since;
        since = at;
    }

    private void turn(long at) {
        Activity next = current();
        if (next != now) {
            settle(at);
            now = next;
        }
    }

    private Activity current() {
        Activity atHome = home == ABSENT || standstills[home] > 0 ? null : doing[home];
        if (atHome != null) {
            return atHome;
        }
        return restarting > 0 ? Activity.RESTART : Activity.DOWN;
    }

    @SuppressWarnings("EnumOrdinal")
    private static int index(Activity activity) {
        return activity.ordinal();
    }

    /** Accounts for the time until the end of the run. */
    public void close(long at) {
        settle(at);
    }

    /** What the application does as of the last observation. */
    public Activity now() {
        return now;
    }

    /** Nanoseconds spent on an activity, as far as they are accounted for. */
    public long nanos(Activity activity) {
        return nanos[index(activity)];
    }

    /** All nanoseconds accounted for. */
    public long total() {
        long total = 0;
        for (long part : nanos) {
            total = Math.addExact(total, part);
        }
        return total;
    }
}
