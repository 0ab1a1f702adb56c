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
 * <p>Once more processes fail together than the promise covers, nothing is owed any longer: what
 * was found until then stands.
 */
public final class Court implements Observer {

    private final List<Judgement> judgements = new ArrayList<>();
    private final Case[] cases;
    private final Case[][] byTopic = new Case[Topic.values().length][];
    private final @Nullable Overlap overlap;
    private boolean violated;

    /** One checker and what it has found. */
    private record Case(Checker checker, Judgement judgement) {}

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
            Case one = new Case(property.checker(declaration), new Judgement(property.id()));
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
        if (isVoidAfter(observation)) {
            return;
        }
        for (Case one : byTopic[index(Topic.of(observation))]) {
            one.checker.on(observation, one.judgement);
            violated |= one.judgement.isViolated();
        }
    }

    private boolean isVoidAfter(Observation observation) {
        if (overlap == null) {
            return false;
        }
        overlap.on(observation);
        return !overlap.exceeded().isEmpty();
    }

    /** Tells all checkers that the run has ended; called once. */
    public void conclude(Ending ending) {
        String exceeded = overlap == null ? "" : overlap.exceeded();
        for (Case one : cases) {
            if (exceeded.isEmpty()) {
                one.checker.conclude(ending, one.judgement);
            } else if (one.judgement.witnesses() == 0) {
                one.judgement.inconclusive(exceeded);
            }
            violated |= one.judgement.isViolated();
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
