package cairn.model.property;

import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.property.RankHistories.Channel;

import java.util.Set;

/**
 * NOORPH: in the end nobody depends on what did not happen: each message that a rank received is
 * one that its sender sent in the history that counts, with the same content. An orphan that is
 * rolled back before the end is none.
 */
final class Orphans implements Checker {

    private final Declaration declaration;
    private final RankHistories histories;
    private boolean repeated;

    Orphans(Declaration declaration) {
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
                && claimed.fact() instanceof Fact.Sent sent) {
            Channel channel = histories.channel(sent.process(), sent.to());
            repeated |= sent.number() <= channel.receivedCount();
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        boolean settled =
                ending.at() - ending.healthySince() >= declaration.bounds().livenessNanos();
        if (!ending.finished() && !settled) {
            judgement.inconclusive("the run did not end");
            return;
        }
        for (Channel channel : histories.channels()) {
            judge(channel, ending.at(), judgement);
        }
        if (repeated) {
            judgement.witness();
        } else {
            judgement.inconclusive("no rank repeated what another one depends on");
        }
    }

    private static void judge(Channel channel, long at, Judgement judgement) {
        if (channel.receivedCount() > channel.sentCount()) {
            judgement.violated(
                    at,
                    Words.say(
                            "%d messages of %s were received, but after its recovery the sender"
                                    + " sent %d",
                            channel.receivedCount(), channel, channel.sentCount()));
        }
        for (int number = 1;
                number <= Math.min(channel.receivedCount(), channel.sentCount());
                number++) {
            if (channel.received(number) != channel.sent(number)) {
                judgement.violated(
                        at,
                        Words.say(
                                "message %d of %s was received with a content that its sender"
                                        + " never sent in the history that counts",
                                number, channel));
            }
        }
    }
}
