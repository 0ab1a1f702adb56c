package cairn.model.property;

import cairn.model.Fact;
import cairn.model.Observation;

import java.util.Set;

/**
 * EO: on each channel a rank receives message 1, 2, 3 and so on of its history, none twice and none
 * left out.
 */
final class ExactlyOnce implements Checker {

    private final RankHistories histories;

    ExactlyOnce(Declaration declaration) {
        histories = new RankHistories(declaration.application().processes());
    }

    @Override
    public Set<Topic> topics() {
        return RankHistories.TOPICS;
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed
                && claimed.fact() instanceof Fact.Received received
                && histories.counts(claimed, received.process())) {
            received(claimed, received, judgement);
        }
        histories.on(observation);
    }

    private void received(
            Observation.Claimed claimed, Fact.Received received, Judgement judgement) {
        RankHistories.Channel channel = histories.channel(received.from(), received.process());
        long expected = channel.receivedCount() + 1L;
        if (received.number() != expected) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s received message %d of %s %s, and message %d was the next: %s",
                            "rank " + received.process(),
                            received.number(),
                            channel,
                            Words.at(claimed.at()),
                            expected,
                            received.number() < expected
                                    ? "it received it before"
                                    : "those between are left out"));
        } else if (histories.isAnyRecovered()) {
            judgement.witness();
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("no message was received after a recovery");
        }
    }
}
