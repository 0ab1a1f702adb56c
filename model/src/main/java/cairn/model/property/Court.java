package cairn.model.property;

import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.Promise;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Judges one run by many properties at once, and knows at each instant whether one is violated, so
 * that a run can stop there.
 *
 * <p>Each topic has the array of those cases that want it: an observation that nobody wants costs a
 * look at an empty array.
 *
 * <p>When more processes fail together than the promise covers, the run ends there for the
 * properties that it excuses: they are judged by what happened until then. Those that must hold
 * whatever fails are judged to the end.
 */
public final class Court implements Observer {

    private final List<Judgement> judgements = new ArrayList<>();
    private final Case[] cases;
    private final Case[][] byTopic = new Case[Topic.values().length][];
    private final @Nullable Overlap overlap;
    private boolean excused;
    private boolean violated;

    /**
     * One checker and what it has found.
     *
     * @param excusable whether the promise may cover it no longer
     */
    private record Case(Checker checker, Judgement judgement, boolean excusable) {}

    /** A court for one run. */
    public Court(List<Property> properties, Declaration declaration) {
        cases = new Case[properties.size()];
        overlap =
                declaration.promise().overlapping() == Promise.ANY
                        ? null
                        : new Overlap(declaration);
        Arrays.fill(byTopic, new Case[0]);
        for (int i = 0; i < cases.length; i++) {
            Property property = properties.get(i);
            Case one =
                    new Case(
                            property.checker(declaration),
                            new Judgement(property.id()),
                            !property.holdsWhateverFails());
            cases[i] = one;
            judgements.add(one.judgement);
            for (Topic topic : one.checker.topics()) {
                Case[] earlier = Objects.requireNonNull(byTopic[index(topic)]);
                Case[] all = Arrays.copyOf(earlier, earlier.length + 1);
                all[earlier.length] = one;
                byTopic[index(topic)] = all;
            }
        }
    }

    @SuppressWarnings("EnumOrdinal")
    private static int index(Topic topic) {
        return topic.ordinal();
    }

    @Override
    public void on(Observation observation) {
        if (overlap != null && !excused) {
            overlap.on(observation);
            if (!overlap.exceeded().isEmpty()) {
                excuse(overlap.exceeded(), observation.at());
            }
        }
        for (Case one : byTopic[index(Topic.of(observation))]) {
            one.checker.on(observation, one.judgement);
            violated |= one.judgement.isViolated();
        }
    }

    /** Here the run ends for what is not owed any longer. */
    private void excuse(String reason, long at) {
        excused = true;
        for (Case one : cases) {
            one.judgement.excuse(reason);
            if (one.excusable) {
                // Nothing is healed yet, so nothing that takes time is owed.
                conclude(one, new Ending(at, Long.MAX_VALUE, false, List.of()));
            }
        }
        for (int topic = 0; topic < byTopic.length; topic++) {
            byTopic[topic] =
                    Arrays.stream(byTopic[topic])
                            .filter(one -> !one.excusable)
                            .toArray(Case[]::new);
        }
    }

    private void conclude(Case one, Ending ending) {
        one.checker.conclude(ending, one.judgement);
        violated |= one.judgement.isViolated();
    }

    /** Tells all checkers that the run has ended; called once. */
    public void conclude(Ending ending) {
        for (Case one : cases) {
            if (!excused || !one.excusable) {
                conclude(one, ending);
            }
        }
    }

    /** Whether any property is violated so far. */
    public boolean isViolated() {
        return violated;
    }

    /** One judgement for each property, in the order of the properties. */
    public List<Judgement> judgements() {
        return List.copyOf(judgements);
    }
}
