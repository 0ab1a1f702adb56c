package cairn.model.property;

import cairn.model.Fact;
import cairn.model.Observation;

import java.util.EnumSet;
import java.util.Set;

/**
 * SP, of a computation: two instances of a rank may run, but only the one that resumed last has
 * effect. What an older one sends is received by nobody, unless the newer one sent the same; and no
 * output of an older one leaves.
 */
final class SingleInstance implements Checker {

    private final RankHistories histories;
    private final LongTable sentByOlder = new LongTable();

    SingleInstance(Declaration declaration) {
        histories = new RankHistories(declaration.application().processes());
    }

    @Override
    public Set<Topic> topics() {
        EnumSet<Topic> topics = EnumSet.of(Topic.EMITTED);
        topics.addAll(RankHistories.TOPICS);
        return topics;
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        histories.on(observation);
        if (!(observation instanceof Observation.Claimed claimed)) {
            return;
        }
        if (claimed.fact() instanceof Fact.Sent sent) {
            if (!histories.counts(claimed, sent.process())) {
                sentByOlder.put(key(sent.process(), sent.to(), sent.number()), sent.digest());
            }
        } else if (claimed.fact() instanceof Fact.Received received) {
            if (histories.counts(claimed, received.process())) {
                received(claimed.at(), received, judgement);
            }
        } else if (claimed.fact() instanceof Fact.Emitted emitted) {
            if (histories.counts(claimed, emitted.process())) {
                judgement.witness();
            } else {
                judgement.violated(
                        claimed.at(),
                        Words.say(
                                "output %d of rank %d left %s from an instance that another one"
                                        + " had replaced",
                                emitted.number(), emitted.process(), Words.at(claimed.at())));
            }
        }
    }

    private long key(int from, int to, long number) {
        return ((long) from << 48) ^ ((long) to << 32) ^ number;
    }

    private void received(long at, Fact.Received received, Judgement judgement) {
        RankHistories.Channel channel = histories.channel(received.from(), received.process());
        long key = key(received.from(), received.process(), received.number());
        boolean isOfNewer =
                received.number() <= channel.sentCount()
                        && channel.sent((int) received.number()) == received.digest();
        if (!isOfNewer
                && sentByOlder.contains(key)
                && sentByOlder.get(key, 0) == received.digest()) {
            judgement.violated(
                    at,
                    Words.say(
                            "rank %d received message %d of an instance of rank %d that another"
                                    + " one had replaced, %s",
                            received.process(), received.number(), received.from(), Words.at(at)));
        } else if (histories.isAnyRecovered()) {
            judgement.witness();
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("no rank ever had a second instance");
        }
    }
}
