package cairn.protocol.multilevel;

/** What levels live by beside the rules of all ensembles; tests break one at a time. */
interface Rules extends cairn.part.ensemble.Rules {

    /** The rules as they ought to be. */
    Rules SOUND = new Rules() {};

    /** A rank that goes back sees to it that its image is again where it was before. */
    default boolean restoresDegree() {
        return true;
    }
}
