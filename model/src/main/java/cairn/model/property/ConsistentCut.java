package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.property.RankHistories.Channel;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * CUT-1: a line of checkpoints from which ranks go on contains no orphan, that is no receipt of a
 * message that it does not contain the sending of. The statement is that of Chandy and Lamport's
 * consistent global state (ACM TOCS 3(1), 1985).
 */
final class ConsistentCut implements Checker {

    private final RankHistories histories;

    ConsistentCut(Declaration declaration) {
        histories = new RankHistories(declaration.application().processes());
    }

    @Override
    public Set<Topic> topics() {
        EnumSet<Topic> topics = EnumSet.of(Topic.LINE);
        topics.addAll(RankHistories.TOPICS);
        return topics;
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed
                && claimed.fact() instanceof Fact.Line(List<Epoch> epochs)) {
            line(claimed.at(), epochs, judgement);
        }
        histories.on(observation);
    }

    private void line(long at, List<Epoch> epochs, Judgement judgement) {
        boolean isBeginning = epochs.stream().allMatch(Epoch.ZERO::equals);
        for (Channel channel : histories.channels()) {
            Epoch sender = epochs.get(channel.from());
            Epoch receiver = epochs.get(channel.to());
            int sent = histories.sentAt(channel, sender);
            int received = histories.receivedAt(channel, receiver);
            if (received > sent) {
                judgement.violated(
                        at,
                        Words.say(
                                "the line chosen %s has orphans: at its %s rank %d had received"
                                        + " message %d of rank %d, which at its %s had sent %d",
                                Words.at(at),
                                receiver,
                                channel.to(),
                                received,
                                channel.from(),
                                sender,
                                sent));
            } else if (histories.isKept(channel.from(), sender)
                    && histories.isKept(channel.to(), receiver)) {
                contents(at, channel, received, judgement);
            }
        }
        if (!isBeginning) {
            judgement.witness();
        }
    }

    /**
     * What was received is what was sent, and not what was sent in a history that was taken back.
     */
    private static void contents(long at, Channel channel, int received, Judgement judgement) {
        for (int number = channel.agreed() + 1; number <= received; number++) {
            if (channel.received(number) != channel.sent(number)) {
                judgement.violated(
                        at,
                        Words.say(
                                "the line chosen %s has an orphan: message %d of %s was received"
                                        + " with a content that its sender had not sent",
                                Words.at(at), number, channel));
                return;
            }
        }
        channel.agree(Math.max(channel.agreed(), received));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("no line of checkpoints was ever gone back to");
        }
    }
}
