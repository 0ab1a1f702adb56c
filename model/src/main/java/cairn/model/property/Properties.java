package cairn.model.property;

import cairn.model.Application;

import java.util.List;
import java.util.function.Function;

/** All properties, in the order in which reports show them. */
public final class Properties {

    private Properties() {}

    /** A property by its parts. */
    private record Stated(
            String id,
            String statement,
            Class<? extends Application> applications,
            Function<Declaration, Checker> checkers,
            boolean holdsWhateverFails)
            implements Property {

        Stated(String id, String statement, Function<Declaration, Checker> checkers) {
            this(id, statement, Application.class, checkers);
        }

        Stated(
                String id,
                String statement,
                Class<? extends Application> applications,
                Function<Declaration, Checker> checkers) {
            this(id, statement, applications, checkers, false);
        }

        Stated whateverFails() {
            return new Stated(id, statement, applications, checkers, true);
        }

        @Override
        public boolean appliesTo(Application application) {
            return applications.isInstance(application);
        }

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
                        declaration -> PerProcess.exposed(declaration, Durability::new)),
                new Stated(
                                "ATOM",
                                "What is restored is one checkpoint byte for byte, never a"
                                        + " mixture.",
                                declaration -> new PerProcess(declaration, Atomicity::new))
                        .whateverFails(),
                new Stated(
                                "SNAP",
                                "Each page of what is restored was captured at the instant of the"
                                        + " cut.",
                                PageFidelity::ofCapturedPages)
                        .whateverFails(),
                new Stated(
                                "CLEAN",
                                "No page that had changed since an earlier cut was taken for"
                                        + " clean.",
                                PageFidelity::ofPagesTakenForClean)
                        .whateverFails(),
                new Stated(
                                "MONO",
                                "Checkpoints never go backwards, and no number names two contents.",
                                declaration -> PerProcess.exposed(declaration, Monotony::new))
                        .whateverFails(),
                new Stated(
                                "META",
                                "A directory read at start lists what was laid out, within bounds"
                                        + " and without overlap.",
                                Metadata::new)
                        .whateverFails(),
                new Stated(
                                "FENCE",
                                "Once a newer term was granted, nobody writes or commands under an"
                                        + " older one.",
                                Fencing::new)
                        .whateverFails(),
                new Stated(
                                "NAMES",
                                "A name has one holder at a time, on both sides of a partition.",
                                Uniqueness::new)
                        .whateverFails(),
                new Stated(
                                "SP",
                                "At most one primary, or instance of a rank, has effect: none that"
                                        + " was replaced is heard any more.",
                                declaration ->
                                        declaration.isOfRanks()
                                                ? new SingleInstance(declaration)
                                                : new SinglePrimary(declaration))
                        .whateverFails(),
                new Stated(
                                "AUTH",
                                "Remote operations reach only bytes that were laid out and granted"
                                        + " to an authenticated requester.",
                                Authorisation::new)
                        .whateverFails(),
                new Stated(
                        "OUT",
                        "An output leaves only when the state behind it cannot be lost any more.",
                        declaration ->
                                declaration.isOfRanks()
                                        ? new PerProcess(declaration, RankOutputs::new)
                                        : new OutputCommit(declaration)),
                new Stated(
                                "GC",
                                "Nothing is discarded that the newest acknowledged checkpoint"
                                        + " needs, or the newest line that all ranks could go back"
                                        + " to.",
                                Properties::retention)
                        .whateverFails(),
                new Stated(
                        "DEG",
                        "As many nodes hold copies as were pledged; when one leaves, another takes"
                                + " its part.",
                        Degree::new),
                new Stated(
                        "LIVE",
                        "After everything was healed, all requests are answered and new"
                                + " checkpoints acknowledged.",
                        Liveness::new),
                new Stated(
                                "BOUND",
                                "Retained checkpoint sets and the depth of a rollback stay within"
                                        + " bounds.",
                                declaration -> new PerProcess(declaration, Boundedness::new))
                        .whateverFails(),
                new Stated(
                                "TIME",
                                "Every nanosecond is accounted to exactly one activity, and the sum"
                                        + " is the wall time.",
                                declaration -> new PerProcess(declaration, TimeAccount::new))
                        .whateverFails(),
                new Stated(
                        "CONSERVE",
                        "No answer shows that the service lost or made what it conserves.",
                        Application.Served.class,
                        Conservation::new),
                new Stated(
                        "LIN",
                        "The answers are those of one operation after another, each between its"
                                + " request and its answer.",
                        Application.Served.class,
                        Linearizability::new),
                new Stated(
                                "CUT-1",
                                "A line of checkpoints contains no receipt without its sending.",
                                Application.Parallel.class,
                                ConsistentCut::new)
                        .whateverFails(),
                new Stated(
                        "CUT-2",
                        "A message that was on its way when ranks went back arrives in the end.",
                        Application.Parallel.class,
                        InTransit::new),
                new Stated(
                        "EO",
                        "A rank receives each message of another exactly once, and in order; a"
                                + " service makes no change twice.",
                        declaration ->
                                declaration.isOfRanks()
                                        ? new ExactlyOnce(declaration)
                                        : new ExecutedOnce(declaration)),
                new Stated(
                        "NOORPH",
                        "In the end no rank depends on a message that was not sent.",
                        Application.Parallel.class,
                        Orphans::new),
                new Stated(
                        "DET",
                        "What was logged is repeated as it was.",
                        Application.Parallel.class,
                        declaration -> new PerProcess(declaration, _ -> new Replay())),
                new Stated(
                        "INPUT",
                        "What left, or whoever survived, depends on no input that was read"
                                + " otherwise after a recovery.",
                        Application.Parallel.class,
                        Inputs::new),
                new Stated(
                        "RES",
                        "A computation comes to what it comes to when nothing fails.",
                        Application.Parallel.class,
                        Results::new));
    }

    private static Checker retention(Declaration declaration) {
        var newest = new PerProcess(declaration, Retention::new);
        return declaration.isOfRanks() ? new Both(new RetainedLines(declaration), newest) : newest;
    }

    /** The properties by which runs of an application are judged. */
    public static List<Property> of(Application application) {
        return all().stream().filter(property -> property.appliesTo(application)).toList();
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
