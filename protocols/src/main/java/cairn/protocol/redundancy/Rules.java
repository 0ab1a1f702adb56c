package cairn.protocol.redundancy;

/** What redundancy lives by beside the rules of all ensembles; tests break one at a time. */
interface Rules extends cairn.part.ensemble.Rules {

    /** The rules as they ought to be. */
    Rules SOUND = new Rules() {};

    /** How many members further a copy lies: never where the image itself lies. */
    default int partnerDistance() {
        return 1;
    }

    /** Whether a rank keeps what it keeps for others while it goes back itself (PA-2). */
    default boolean keepsForOthers() {
        return true;
    }
}
