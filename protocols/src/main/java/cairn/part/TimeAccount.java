package cairn.part;

import cairn.model.Activity;
import cairn.model.Fact;
import cairn.model.Outbox;

import org.jspecify.annotations.Nullable;

/** What the protected application does, claimed whenever it changes. */
public final class TimeAccount {

    private @Nullable Activity current;

    public void does(Activity activity, Outbox<?> out) {
        if (activity != current) {
            current = activity;
            out.claim(new Fact.Doing(activity));
        }
    }

    /** A useful application stands still for so long. */
    public static void pause(Activity why, long nanos, Outbox<?> out) {
        out.claim(new Fact.Doing(why));
        out.spend(nanos);
        out.claim(new Fact.Doing(Activity.USEFUL));
    }
}
