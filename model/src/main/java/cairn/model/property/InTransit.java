package cairn.model.property;

import cairn.model.Application;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.property.RankHistories.Channel;

import java.util.Set;

/**
 * CUT-2: a message that was sent in the history that counts, and not received, arrives in the end:
 * a recovery loses none that was on its way. Ranks that came to their end have received all, if
 * they do when nothing fails.
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
            if (histories.isAnyRecovered() && receivesAll()) {
                missing(ending, "never arrived, and all ranks came to their end", judgement);
            }
            if (crossed) {
                judgement.witness();
            } else {
                judgement.inconclusive("no message was on its way to a rank that recovered");
            }
            return;
        }
        boolean enough =
                ending.at() - ending.healthySince() >= declaration.bounds().livenessNanos();
        if (enough && histories.isAnyRecovered()) {
            String healed = Words.span(ending.at() - ending.healthySince());
            missing(ending, "never arrived, " + healed + " after everything was healed", judgement);
        }
        judgement.inconclusive("the run did not end, and no message is missing");
    }

    private boolean receivesAll() {
        return declaration.application() instanceof Application.Parallel parallel
                && parallel.reference().receivesAll();
    }

    private void missing(Ending ending, String how, Judgement judgement) {
        for (Channel channel : histories.channels()) {
            if (isUnderWay(channel)) {
                judgement.violated(
                        ending.at(),
                        Words.say(
                                "message %d of %s was sent and %s",
                                channel.receivedCount() + 1, channel, how));
            }
        }
    }
}
