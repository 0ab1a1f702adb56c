package cairn.model.property;

import cairn.model.Application;

/**
 * Something that must hold in every run, judged by a fold over what was claimed and what happened.
 */
public interface Property {

    /** The name in reports, such as {@code DUR}. */
    String id();

    /** What must hold, in one sentence. */
    String statement();

    /** Whether there is anything to judge in runs of such an application. */
    default boolean appliesTo(Application application) {
        return true;
    }

    /**
     * Whether it must hold whatever fails. Others are excused from the instant at which more failed
     * than the promise covers.
     */
    default boolean holdsWhateverFails() {
        return false;
    }

    /** A checker for one run. */
    Checker checker(Declaration declaration);
}
