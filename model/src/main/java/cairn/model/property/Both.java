package cairn.model.property;

import cairn.model.Observation;

import java.util.EnumSet;
import java.util.Set;

/** Two checkers of one property, each of a part of it. */
final class Both implements Checker {

    private final Checker first;
    private final Checker second;
    private final Set<Topic> ofFirst;
    private final Set<Topic> ofSecond;

    Both(Checker first, Checker second) {
        this.first = first;
        this.second = second;
        ofFirst = first.topics();
        ofSecond = second.topics();
    }

    @Override
    public Set<Topic> topics() {
        EnumSet<Topic> topics = EnumSet.noneOf(Topic.class);
        topics.addAll(ofFirst);
        topics.addAll(ofSecond);
        return topics;
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        Topic topic = Topic.of(observation);
        if (ofFirst.contains(topic)) {
            first.on(observation, judgement);
        }
        if (ofSecond.contains(topic)) {
            second.on(observation, judgement);
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        first.conclude(ending, judgement);
        second.conclude(ending, judgement);
    }
}
