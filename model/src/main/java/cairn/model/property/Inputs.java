package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.choice.Mix;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * INPUT: in the end nobody depends on an input that was read otherwise. When a rank goes back
 * behind an input, the outside world says something else; so whoever received what the rank sent
 * after the input has gone back too, or the rank has read the same again. An output that left, if
 * outputs are held, cannot go back as long as the promise covers the faults since.
 */
final class Inputs implements Checker {

    private final Declaration declaration;
    private final RankHistories histories;
    private final List<Reader> readers = new ArrayList<>();

    /** What a message said of the inputs behind it, by channel and number, when last sent. */
    private final LongTable behindMessage = new LongTable();

    private final FaultCount faults;
    private boolean repeated;

    /** What a rank has read in the history that counts, as one number. */
    private static final class Reader {
        private final LongTable atCut = new LongTable();
        private final LongTable behindOutput = new LongTable();
        private final LongTable behindEmitted = new LongTable();
        private final List<FaultCount.Counts> whenEmitted = new ArrayList<>();
        private long inputs;
        private long most;
    }

    Inputs(Declaration declaration) {
        this.declaration = declaration;
        faults = new FaultCount(declaration);
        int ranks = declaration.application().processes();
        histories = new RankHistories(ranks);
        for (int rank = 0; rank < ranks; rank++) {
            readers.add(new Reader());
        }
    }

    @Override
    public Set<Topic> topics() {
        EnumSet<Topic> topics =
                EnumSet.of(Topic.READ, Topic.PRODUCED, Topic.EMITTED, Topic.STRUCK, Topic.HEALED);
        topics.addAll(RankHistories.TOPICS);
        return topics;
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Struck struck) {
            faults.struck(struck);
        } else if (observation instanceof Observation.Healed healed) {
            faults.healed(healed);
        } else if (observation instanceof Observation.Claimed claimed) {
            claimed(claimed);
        }
    }

    private void claimed(Observation.Claimed claimed) {
        switch (claimed.fact()) {
            case Fact.Resumed(int rank, Epoch epoch) -> goBack(rank, epoch);
            case Fact.Moved(int rank, Epoch epoch) -> goBack(rank, epoch);
            case Fact.Cut(int rank, Epoch epoch) -> {
                if (histories.counts(claimed, rank)) {
                    readers.get(rank).atCut.put(epoch.number(), readers.get(rank).inputs);
                }
            }
            case Fact.OfRank fact -> {
                if (histories.counts(claimed, fact.process())) {
                    histories.on(withInputs(claimed, did(readers.get(fact.process()), fact)));
                }
                return;
            }
            case Fact.Emitted(int rank, long number, long _) -> {
                if (declaration.promise().holdsOutput()) {
                    left(readers.get(rank), number);
                }
            }
            default -> {
                // Not shown.
            }
        }
        histories.on(claimed);
    }

    private void goBack(int rank, Epoch epoch) {
        Reader reader = readers.get(rank);
        reader.inputs = reader.atCut.get(epoch.number(), 0);
    }

    private void left(Reader reader, long number) {
        if (number == reader.whenEmitted.size() + 1) {
            reader.whenEmitted.add(faults.mark());
            reader.behindEmitted.put(number, reader.behindOutput.get(number, 0));
        }
    }

    /** What a rank did; of a message, the inputs behind it stand for its content. */
    private Fact did(Reader reader, Fact.OfRank fact) {
        return switch (fact) {
            case Fact.Read(int _, long number, long value) -> {
                reader.inputs = Mix.fold(Mix.fold(reader.inputs, number), value);
                repeated |= number <= reader.most;
                reader.most = Math.max(reader.most, number);
                yield fact;
            }
            case Fact.Produced(int _, long number, long _) -> {
                reader.behindOutput.put(number, reader.inputs);
                yield fact;
            }
            case Fact.Sent(int rank, int to, long number, long _) -> {
                behindMessage.put(key(rank, to, number), reader.inputs);
                yield new Fact.Sent(rank, to, number, reader.inputs);
            }
            case Fact.Received(int rank, int from, long number, long _) ->
                    new Fact.Received(rank, from, number, behind(from, rank, number));
            case Fact.Finished _ -> fact;
        };
    }

    /** In the history that counts, or else when it was sent last. */
    private long behind(int from, int to, long number) {
        RankHistories.Channel channel = histories.channel(from, to);
        return number <= channel.sentCount()
                ? channel.sent((int) number)
                : behindMessage.get(key(from, to, number), 0);
    }

    private static long key(int from, int to, long number) {
        return ((long) from << 48) ^ ((long) to << 32) ^ number;
    }

    private static Observation.Claimed withInputs(Observation.Claimed claimed, Fact fact) {
        return new Observation.Claimed(
                claimed.at(), claimed.node(), claimed.incarnation(), fact, claimed.memoryDigest());
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        boolean settled =
                ending.at() - ending.healthySince() >= declaration.bounds().livenessNanos();
        if (!ending.finished() && !settled) {
            judgement.inconclusive("the run did not end");
            return;
        }
        histories.channels().forEach(channel -> judge(channel, ending.at(), judgement));
        for (int rank = 0; rank < readers.size(); rank++) {
            judge(rank, readers.get(rank), ending.at(), judgement);
        }
        if (repeated) {
            judgement.witness();
        } else {
            judgement.inconclusive("no rank went back behind an input");
        }
    }

    private static void judge(RankHistories.Channel channel, long at, Judgement judgement) {
        int both = Math.min(channel.receivedCount(), channel.sentCount());
        for (int number = 1; number <= both; number++) {
            if (channel.received(number) != channel.sent(number)) {
                judgement.violated(
                        at,
                        Words.say(
                                "message %d of %s depends on an input that its sender read"
                                        + " otherwise after it went back",
                                number, channel));
            }
        }
    }

    private void judge(int rank, Reader reader, long at, Judgement judgement) {
        for (int number = 1; number <= reader.whenEmitted.size(); number++) {
            if (reader.behindEmitted.get(number, 0) != reader.behindOutput.get(number, 0)
                    && faults.covered(reader.whenEmitted.get(number - 1))) {
                judgement.violated(
                        at,
                        Words.say(
                                "output %d of rank %d left, and depends on an input that the rank"
                                        + " read otherwise after it went back",
                                number, rank));
            }
        }
    }
}
