package cairn.part;

import cairn.model.Activity;
import cairn.model.Fact;
import cairn.model.Outbox;

import org.jspecify.annotations.Nullable;

/** What the protected application does, claimed whenever it changes. */
public final class TimeAccount {

    private final int process;
    private @Nullable Activity current;

    /** Of a service, which is one process. */
    public TimeAccount() {
        this(0);
    }

    /** Of one process of many. */
    public TimeAccount(int process) {
        this.process = process;
    }

    public void does(Activity activity, Outbox<?> out) {
        if (activity != current) {
            current = activity;
            out.claim(new Fact.Doing(process, activity));
        }
    }

    /** What it does now, or what is to be taken for that before it has done anything. */
    public Activity current(Activity otherwise) {
        return current == null ? otherwise : current;
    }

    /** A useful application stands still for so long. */
    public static void pause(Activity why, long nanos, Outbox<?> out) {
        out.claim(new Fact.Doing(why));
        out.spend(nanos);
        out.claim(new Fact.Doing(Activity.USEFUL));
    }
}
