package cairn.model.property;

/**
 * Something that must hold in every run, judged by a fold over what was claimed and what happened.
 */
public interface Property {

    /** The name in reports, such as {@code DUR}. */
    String id();

    /** What must hold, in one sentence. */
    String statement();

    /** A checker for one run. */
    Checker checker(Declaration declaration);
}
