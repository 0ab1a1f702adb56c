package cairn.verification;

import cairn.fault.RecordingChoices;
import cairn.fault.strategy.Feedback;
import cairn.fault.strategy.Moments;
import cairn.fault.strategy.RunFeatures;
import cairn.model.fault.FaultTally;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;

import java.util.List;
import java.util.Optional;

/**
 * A run that was looked at.
 *
 * @param breach what it did wrong first, if anything
 * @param judgements one for each property; empty if something threw
 * @param faults what became of each fault of the plan; empty if something threw
 * @param finished whether all requests were answered
 * @param events how many kernel events it had; zero if something threw
 * @param digest the trace hash: two runs with one digest took the same course; zero if something
 *     threw
 * @param features for the coverage of a search
 * @param moments when effects took place, if that was asked for
 * @param recording its answers
 */
public record Examined(
        Optional<Breach> breach,
        List<Judgement> judgements,
        List<FaultTally> faults,
        boolean finished,
        long events,
        long digest,
        RunFeatures features,
        Moments moments,
        RecordingChoices recording) {

    public Examined {
        judgements = List.copyOf(judgements);
        faults = List.copyOf(faults);
    }

    /** Whether it violates a property. */
    public boolean breaks(String property) {
        return breachOf(property).isPresent();
    }

    /** How it violates a property, if it does. */
    public Optional<Breach> breachOf(String property) {
        if (breach.filter(found -> found.property().equals(property)).isPresent()) {
            return breach;
        }
        for (Judgement judgement : judgements) {
            if (judgement.property().equals(property)
                    && judgement.verdict() instanceof Verdict.Violated(long at, var explanation)) {
                return Optional.of(new Breach(property, at, explanation));
            }
        }
        return Optional.empty();
    }

    /** The properties that could have been violated in it, and were not. */
    public List<String> judged() {
        return judgements.stream()
                .filter(judgement -> judgement.verdict() instanceof Verdict.Holds)
                .map(Judgement::property)
                .toList();
    }

    /** What a strategy learns of it. */
    public Feedback feedback(int fresh) {
        return new Feedback(breach.isPresent(), fresh, moments);
    }
}
