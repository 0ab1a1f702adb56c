package cairn.model.property;

import java.util.List;
import java.util.function.Function;

/** All properties, in the order in which reports show them. */
public final class Properties {

    private Properties() {}

    /** A property by its parts. */
    private record Stated(String id, String statement, Function<Declaration, Checker> checkers)
            implements Property {
        @Override
        public Checker checker(Declaration declaration) {
            return checkers.apply(declaration);
        }
    }

    /** Every property; the oracle's name of each is its id. */
    public static List<Property> all() {
        return List.of(
                new Stated(
                        "DUR",
                        "What was acknowledged is restored, or something newer, after all faults"
                                + " that the promise covers.",
                        Durability::new),
                new Stated(
                        "ATOM",
                        "What is restored is one checkpoint byte for byte, never a mixture.",
                        Atomicity::new),
                new Stated(
                        "MONO",
                        "Checkpoints never go backwards, and no number names two contents.",
                        Monotony::new),
                new Stated(
                        "META",
                        "A directory read at start lists what was laid out, within bounds and"
                                + " without overlap.",
                        Metadata::new),
                new Stated(
                        "FENCE",
                        "Once a newer term was granted, nobody writes or commands under an older"
                                + " one.",
                        Fencing::new),
                new Stated(
                        "SP",
                        "At most one primary has effect: none of an older term answers from what"
                                + " it did after it was replaced.",
                        SinglePrimary::new),
                new Stated(
                        "AUTH",
                        "Remote operations reach only bytes that were laid out and granted to an"
                                + " authenticated requester.",
                        Authorisation::new),
                new Stated(
                        "OUT",
                        "An output leaves only when the state behind it is acknowledged.",
                        OutputCommit::new),
                new Stated(
                        "GC",
                        "Nothing is discarded that the newest acknowledged checkpoint needs.",
                        Retention::new),
                new Stated(
                        "LIVE",
                        "After everything was healed, all requests are answered and new"
                                + " checkpoints acknowledged.",
                        Liveness::new),
                new Stated(
                        "BOUND",
                        "Retained checkpoint sets and the depth of a rollback stay within bounds.",
                        Boundedness::new),
                new Stated(
                        "TIME",
                        "Every nanosecond is accounted to exactly one activity, and the sum is the"
                                + " wall time.",
                        TimeAccount::new),
                new Stated(
                        "CONSERVE",
                        "No answer shows that the service lost or made what it conserves.",
                        Conservation::new),
                new Stated(
                        "LIN",
                        "The answers are those of one operation after another, each between its"
                                + " request and its answer.",
                        Linearizability::new));
    }

    /** The property with an id; throws {@link IllegalArgumentException} if there is none. */
    public static Property named(String id) {
        for (Property property : all()) {
            if (property.id().equals(id)) {
                return property;
            }
        }
        throw new IllegalArgumentException("no such property: " + id);
    }
}
