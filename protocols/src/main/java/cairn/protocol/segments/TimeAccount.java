package cairn.protocol.segments;

import cairn.model.Activity;
import cairn.model.Fact;
import cairn.model.Outbox;

import org.jspecify.annotations.Nullable;

/** What the protected application does, claimed whenever it changes. */
final class TimeAccount {

    private @Nullable Activity current;

    void does(Activity activity, Outbox<SegmentsMessage> out) {
        if (activity != current) {
            current = activity;
            out.claim(new Fact.Doing(activity));
        }
    }
}
