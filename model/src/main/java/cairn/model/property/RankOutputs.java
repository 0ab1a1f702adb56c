package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * OUT, of one rank: what left is never taken back. Each output that the outside world has seen is
 * one that the rank had, and when a recovery makes the rank repeat it, it is the same; as long as
 * the promise covers the faults that struck since it left.
 */
final class RankOutputs implements Checker {

    private final boolean promised;
    private final FaultCount faults;
    private final List<FaultCount.Counts> whenEmitted = new ArrayList<>();
    private final Sequence produced = new Sequence();
    private long[] emitted = new long[16];
    private int emittedCount;

    RankOutputs(Declaration declaration) {
        promised = declaration.promise().holdsOutput();
        faults = new FaultCount(declaration);
    }

    @Override
    public Set<Topic> topics() {
        return promised
                ? EnumSet.of(
                        Topic.CUT,
                        Topic.RESUMED,
                        Topic.PRODUCED,
                        Topic.EMITTED,
                        Topic.STRUCK,
                        Topic.HEALED)
                : EnumSet.noneOf(Topic.class);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Struck struck) {
            faults.struck(struck);
        } else if (observation instanceof Observation.Healed healed) {
            faults.healed(healed);
        } else if (observation instanceof Observation.Claimed claimed) {
            claimed(claimed, judgement);
        }
    }

    private void claimed(Observation.Claimed claimed, Judgement judgement) {
        if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            produced.mark(epoch.number());
        } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
            produced.goTo(epoch.number());
        } else if (claimed.fact() instanceof Fact.Produced(int rank, long number, long value)) {
            if (number <= emittedCount
                    && emitted[(int) number - 1] != value
                    && isOwed((int) number)) {
                violated(
                        claimed.at(), rank, number, "is another one when it repeats it", judgement);
            }
            produced.add(value);
        } else if (claimed.fact() instanceof Fact.Emitted(int rank, long number, long value)) {
            emitted(claimed.at(), rank, number, value, judgement);
        }
    }

    private void emitted(long at, int rank, long number, long value, Judgement judgement) {
        if (number > produced.count() || produced.get((int) number) != value) {
            violated(at, rank, number, "left, and it had no such output", judgement);
        } else if (number > emittedCount + 1) {
            violated(at, rank, number, "left before output " + (emittedCount + 1), judgement);
        } else {
            judgement.witness();
            if (number > emittedCount) {
                emitted = LongTable.withRoomFor(emitted, emittedCount);
                emitted[emittedCount++] = value;
                whenEmitted.add(faults.mark());
            }
        }
    }

    private boolean isOwed(int number) {
        return faults.covered(whenEmitted.get(number - 1));
    }

    private static void violated(long at, int rank, long number, String how, Judgement judgement) {
        judgement.violated(
                at, Words.say("output %d of rank %d %s, %s", number, rank, how, Words.at(at)));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (!promised) {
            judgement.inconclusive("it is not promised that outputs are held back");
        } else if (ending.finished()
                && produced.count() < emittedCount
                && isOwed(produced.count() + 1)) {
            judgement.violated(
                    ending.at(),
                    Words.say(
                            "%d outputs left, but in the end the rank had %d",
                            emittedCount, produced.count()));
        } else if (judgement.witnesses() == 0) {
            judgement.inconclusive("no output left");
        }
    }
}
