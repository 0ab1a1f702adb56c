package cairn.model.property;

import cairn.model.Fact;
import cairn.model.Observation;

import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Judges each process of the application by a checker of its own: what is said of one process goes
 * to that one's, everything else to all.
 */
final class PerProcess implements Checker {

    /** Of what is not said of one process. */
    static final int ALL = -1;

    private final Checker[] checkers;

    PerProcess(Declaration declaration, Function<Declaration, Checker> checker) {
        checkers = new Checker[declaration.application().processes()];
        for (int process = 0; process < checkers.length; process++) {
            checkers[process] = checker.apply(declaration);
        }
    }

    /**
     * The same of checkers that ask since when a checkpoint can be lost. Where those of one number
     * are one cut through all processes, they are lost together.
     */
    static PerProcess exposed(
            Declaration declaration, BiFunction<Declaration, Exposure, Checker> checker) {
        var common = new Exposure();
        boolean isCommon = declaration.promise().commonNumbers();
        return new PerProcess(
                declaration, each -> checker.apply(each, isCommon ? common : new Exposure()));
    }

    @Override
    public Set<Topic> topics() {
        return checkers[0].topics();
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        int process = process(observation);
        if (process != ALL) {
            checkers[process].on(observation, judgement);
        } else {
            for (Checker checker : checkers) {
                checker.on(observation, judgement);
            }
        }
    }

    /** Which process an observation is about, or {@link #ALL}. */
    static int process(Observation observation) {
        return observation instanceof Observation.Claimed claimed ? process(claimed.fact()) : ALL;
    }

    private static int process(Fact fact) {
        return switch (fact) {
            case Fact.Cut cut -> cut.process();
            case Fact.Sealed sealed -> sealed.process();
            case Fact.Acknowledged acknowledged -> acknowledged.process();
            case Fact.Discarded discarded -> discarded.process();
            case Fact.Resumed resumed -> resumed.process();
            case Fact.Moved moved -> moved.process();
            case Fact.Migrated migrated -> migrated.process();
            case Fact.Doing doing -> doing.process();
            case Fact.Logged logged -> logged.process();
            case Fact.Retained retained -> retained.process();
            case Fact.Emitted emitted -> emitted.process();
            case Fact.OfRank ofRank -> ofRank.process();
            case Fact.Applied _,
                    Fact.Leading _,
                    Fact.SteppedDown _,
                    Fact.Registered _,
                    Fact.Held _,
                    Fact.Pledged _,
                    Fact.Laid _,
                    Fact.Removed _,
                    Fact.Granted _,
                    Fact.Revoked _,
                    Fact.Authenticated _,
                    Fact.Directory _,
                    Fact.Managing _,
                    Fact.Obeyed _,
                    Fact.Reached _,
                    Fact.Line _ ->
                    ALL;
        };
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        for (Checker checker : checkers) {
            checker.conclude(ending, judgement);
        }
    }
}
