package cairn.model.property;

import cairn.model.Fact;
import cairn.model.Observation;

/**
 * What an observation is about: its type, and for a claim that of the fact. A checker is shown only
 * the topics that it asks for, so judging a run costs little.
 */
public enum Topic {
    BOOTED,
    ENDED,
    INVOKED,
    ANSWERED,
    RELEASED,
    ACCESSED,
    STRUCK,
    HEALED,
    CUT,
    SEALED,
    ACKNOWLEDGED,
    DISCARDED,
    RESUMED,
    MOVED,
    MIGRATED,
    APPLIED,
    LEADING,
    STEPPED_DOWN,
    LAID,
    REMOVED,
    GRANTED,
    REVOKED,
    AUTHENTICATED,
    DIRECTORY,
    MANAGING,
    OBEYED,
    REGISTERED,
    HELD,
    PLEDGED,
    DOING,
    LINE,
    LOGGED,
    SENT,
    RECEIVED,
    READ,
    PRODUCED,
    FINISHED,
    EMITTED,
    RETAINED,
    REACHED;

    /** The topic of an observation; the frequent ones are looked for first. */
    public static Topic of(Observation observation) {
        return switch (observation) {
            case Observation.Accessed _ -> ACCESSED;
            case Observation.Claimed claimed -> of(claimed.fact());
            case Observation.Invoked _ -> INVOKED;
            case Observation.Released _ -> RELEASED;
            case Observation.Answered _ -> ANSWERED;
            case Observation.Booted _ -> BOOTED;
            case Observation.Ended _ -> ENDED;
            case Observation.Struck _ -> STRUCK;
            case Observation.Healed _ -> HEALED;
        };
    }

    /** The topic of a claim. */
    public static Topic of(Fact fact) {
        return switch (fact) {
            case Fact.Applied _ -> APPLIED;
            case Fact.Doing _ -> DOING;
            case Fact.Cut _ -> CUT;
            case Fact.Sealed _ -> SEALED;
            case Fact.Acknowledged _ -> ACKNOWLEDGED;
            case Fact.Discarded _ -> DISCARDED;
            case Fact.Obeyed _ -> OBEYED;
            case Fact.Resumed _ -> RESUMED;
            case Fact.Moved _ -> MOVED;
            case Fact.Migrated _ -> MIGRATED;
            case Fact.Leading _ -> LEADING;
            case Fact.SteppedDown _ -> STEPPED_DOWN;
            case Fact.Laid _ -> LAID;
            case Fact.Removed _ -> REMOVED;
            case Fact.Granted _ -> GRANTED;
            case Fact.Revoked _ -> REVOKED;
            case Fact.Authenticated _ -> AUTHENTICATED;
            case Fact.Directory _ -> DIRECTORY;
            case Fact.Managing _ -> MANAGING;
            case Fact.Registered _ -> REGISTERED;
            case Fact.Held _ -> HELD;
            case Fact.Pledged _ -> PLEDGED;
            case Fact.Sent _ -> SENT;
            case Fact.Received _ -> RECEIVED;
            case Fact.Read _ -> READ;
            case Fact.Produced _ -> PRODUCED;
            case Fact.Finished _ -> FINISHED;
            case Fact.Emitted _ -> EMITTED;
            case Fact.Line _ -> LINE;
            case Fact.Logged _ -> LOGGED;
            case Fact.Retained _ -> RETAINED;
            case Fact.Reached _ -> REACHED;
        };
    }
}
