package cairn.model.property;

import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.property.RankHistories.Channel;

import java.util.Set;

/**
 * CUT-2: a message that was sent in the history that counts, and not received, arrives in the end:
 * a recovery loses none that was on its way.
 */
final class InTransit implements Checker {

    private final Declaration declaration;
    private final RankHistories histories;
    private boolean crossed;

    InTransit(Declaration declaration) {
        this.declaration = declaration;
        histories = new RankHistories(declaration.application().processes());
    }

    @Override
    public Set<Topic> topics() {
        return RankHistories.TOPICS;
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        histories.on(observation);
        if (observation instanceof Observation.Claimed claimed
                && claimed.fact() instanceof Fact.Resumed resumed
                && histories.isAnyRecovered()) {
            crossed |=
                    histories.channels().stream()
                            .filter(channel -> channel.to() == resumed.process())
                            .anyMatch(InTransit::isUnderWay);
        }
    }

    private static boolean isUnderWay(Channel channel) {
        return channel.sentCount() > channel.receivedCount();
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (ending.finished()) {
            if (crossed) {
                judgement.witness();
            } else {
                judgement.inconclusive("no message was on its way to a rank that recovered");
            }
            return;
        }
        boolean enough =
                ending.at() - ending.healthySince() >= declaration.bounds().livenessNanos();
        for (Channel channel : histories.channels()) {
            if (enough && histories.isAnyRecovered() && isUnderWay(channel)) {
                judgement.violated(
                        ending.at(),
                        Words.say(
                                "message %d of %s was sent and never arrived, %s after everything"
                                        + " was healed",
                                channel.receivedCount() + 1,
                                channel,
                                Words.duration(ending.at() - ending.healthySince())));
            }
        }
        judgement.inconclusive("the run did not end, and no message is missing");
    }
}
