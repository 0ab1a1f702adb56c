package cairn.part.view;

/** The decisions about views on which safety hangs; tests break one at a time. */
public interface ViewRules {

    /** A host that answers is well only if its application goes on. */
    default boolean isSignOfLife(Pulse before, Pulse now) {
        return now.incarnation() > before.incarnation() || now.beats() > before.beats();
    }

    /** A backup that is lost is replaced by a host that has no part. */
    default boolean recruits(View before) {
        return true;
    }
}
