package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;

import java.util.EnumSet;
import java.util.Set;

/**
 * OUT, of one rank: what left is never taken back. Each output that the outside world has seen is
 * one that the rank had, and when a recovery makes the rank repeat it, it is the same.
 */
final class RankOutputs implements Checker {

    private final boolean promised;
    private final LongTable atCut = new LongTable();
    private long[] produced = new long[16];
    private long[] emitted = new long[16];
    private int producedCount;
    private int emittedCount;

    RankOutputs(Declaration declaration) {
        promised = declaration.promise().holdsOutput();
    }

    @Override
    public Set<Topic> topics() {
        return promised
                ? EnumSet.of(Topic.CUT, Topic.RESUMED, Topic.PRODUCED, Topic.EMITTED)
                : EnumSet.noneOf(Topic.class);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (!(observation instanceof Observation.Claimed claimed)) {
            return;
        }
        if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            atCut.put(epoch.number(), producedCount);
        } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
            producedCount = (int) atCut.get(epoch.number(), 0);
        } else if (claimed.fact() instanceof Fact.Produced(int rank, long number, long value)) {
            if (number <= emittedCount && emitted[(int) number - 1] != value) {
                violated(
                        claimed.at(), rank, number, "is another one when it repeats it", judgement);
            }
            produced = LongTable.withRoomFor(produced, producedCount);
            produced[producedCount++] = value;
        } else if (claimed.fact() instanceof Fact.Emitted(int rank, long number, long value)) {
            emitted(claimed.at(), rank, number, value, judgement);
        }
    }

    private void emitted(long at, int rank, long number, long value, Judgement judgement) {
        if (number > producedCount || produced[(int) number - 1] != value) {
            violated(at, rank, number, "left, and it had no such output", judgement);
        } else if (number > emittedCount + 1) {
            violated(at, rank, number, "left before output " + (emittedCount + 1), judgement);
        } else {
            judgement.witness();
            if (number > emittedCount) {
                emitted = LongTable.withRoomFor(emitted, emittedCount);
                emitted[emittedCount++] = value;
            }
        }
    }

    private static void violated(long at, int rank, long number, String how, Judgement judgement) {
        judgement.violated(
                at, Words.say("output %d of rank %d %s, %s", number, rank, how, Words.at(at)));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (!promised) {
            judgement.inconclusive("it is not promised that outputs are held back");
        } else if (ending.finished() && producedCount < emittedCount) {
            judgement.violated(
                    ending.at(),
                    Words.say(
                            "%d outputs left, but in the end the rank had %d",
                            emittedCount, producedCount));
        } else if (judgement.witnesses() == 0) {
            judgement.inconclusive("no output left");
        }
    }
}
