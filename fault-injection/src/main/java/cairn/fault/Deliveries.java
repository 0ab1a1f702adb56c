package cairn.fault;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;

/** The choice of which of the messages under way arrives next, by its name. */
public final class Deliveries {

    private static final String NAME = "arrives next";

    /** More than are ever under way at once, so that every one can be picked by a seed. */
    private static final long OPTIONS = 1L << 32;

    /**
     * Says by being there that the order of arrival is asked for, although it is itself calm: such
     * a run has no queues at receivers' ports, and takes another course than one that is not asked.
     */
    static final Answer ASKED = new Answer(NAME, 0, 0);

    private Deliveries() {}

    /** The choice for one network; the name is empty for the network that needs none. */
    public static Choice choice(String network, Choices choices) {
        String name = network.isEmpty() ? NAME : network + " " + NAME;
        return new Choice(name, new Law.Pick(OPTIONS), choices);
    }

    /** Whether a recorded answer says which message arrives next. */
    public static boolean isAbout(Answer answer) {
        return answer.choice().endsWith(NAME);
    }
}
