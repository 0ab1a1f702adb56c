package cairn.model.choice;

/**
 * What one may be picked from, in calm order: the first is what comes if nothing is remarkable.
 *
 * <p>Things of one stream come in their order, so there is one of each stream at a time. Picks of
 * things with different subjects commute: whichever comes first, both lead to the same state, up to
 * the time at which it is reached. Searches rely on that, and on nothing else.
 */
public interface Alternatives {

    /** How many there are; one or more. */
    int size();

    /** The stream of one of them, such as a link from one machine to another; small and stable. */
    int stream(int index);

    /** Its number in its stream, from zero; stream and number name it for the whole run. */
    long number(int index);

    /** Whom it concerns, such as the machine that receives it; small and stable. */
    int subject(int index);
}
