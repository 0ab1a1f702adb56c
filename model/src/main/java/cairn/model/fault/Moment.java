package cairn.model.fault;

import cairn.model.Fact;

import org.jspecify.annotations.Nullable;

/** The kinds of moments that can trigger a fault. */
public enum Moment {
    BOOT,
    SEND,
    DELIVERY,
    REQUEST,
    ANSWER,
    WORK_POSTED,
    WRITE_COMPLETED,
    READ_COMPLETED,
    FLUSH_COMPLETED,
    PERSISTED,
    DISK_WRITTEN,
    DISK_SYNCED,
    CUT,
    SEALED,
    ACKNOWLEDGED,
    RESUMED,
    LEADING;

    /** The moment at which a fact is claimed, or null if no fault waits for it. */
    public static @Nullable Moment of(Fact fact) {
        return switch (fact) {
            case Fact.Cut _ -> CUT;
            case Fact.Sealed _ -> SEALED;
            case Fact.Acknowledged _ -> ACKNOWLEDGED;
            case Fact.Resumed _, Fact.Moved _ -> RESUMED;
            case Fact.Leading _ -> LEADING;
            case Fact.Finished _,
                    Fact.Discarded _,
                    Fact.Migrated _,
                    Fact.Sent _,
                    Fact.Received _,
                    Fact.Read _,
                    Fact.Produced _,
                    Fact.Emitted _,
                    Fact.Line _,
                    Fact.Logged _,
                    Fact.Applied _,
                    Fact.SteppedDown _,
                    Fact.Laid _,
                    Fact.Removed _,
                    Fact.Granted _,
                    Fact.Revoked _,
                    Fact.Authenticated _,
                    Fact.Directory _,
                    Fact.Managing _,
                    Fact.Obeyed _,
                    Fact.Registered _,
                    Fact.Held _,
                    Fact.Pledged _,
                    Fact.Retained _,
                    Fact.Reached _,
                    Fact.Doing _ ->
                    null;
        };
    }
}
