package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.choice.Mix;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * ATOM: the memory after a restore is, byte for byte, the memory at a cut of that number; after a
 * start from nothing it is what it was after the first such start. Contents are compared by digest.
 * Where checkpoints of one number are one cut, all ranks go back to the same number; and where a
 * line was chosen, each goes back to what it says.
 */
final class Atomicity implements Checker {

    private final Declaration declaration;
    // Which number had which content, as pairs; and the last content of each, for explanations.
    private final LongTable pairs = new LongTable();
    private final LongTable contents = new LongTable();
    private final LongTable cutSinceLine = new LongTable();
    private List<Epoch> line = List.of();
    private long lines;

    Atomicity(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(Topic.CUT, Topic.RESUMED, Topic.LINE);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
                remember(epoch, claimed.memoryDigest());
                cutSinceLine.put(epoch.number(), lines);
            } else if (claimed.fact() instanceof Fact.Resumed(int process, Epoch epoch)) {
                onLine(claimed, process, epoch, judgement);
                resumed(claimed, epoch, judgement);
            } else if (claimed.fact() instanceof Fact.Line(List<Epoch> epochs)) {
                line(claimed.at(), epochs, judgement);
            }
        }
    }

    private void onLine(
            Observation.Claimed claimed, int process, Epoch epoch, Judgement judgement) {
        // A rank that moves goes on from a cut that was made for that.
        if (process < line.size()
                && !line.get(process).equals(epoch)
                && cutSinceLine.get(epoch.number(), -1) != lines) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "rank %d went back to %s %s, but the line that was chosen has its %s",
                            process, epoch, Words.at(claimed.at()), line.get(process)));
        }
    }

    private void line(long at, List<Epoch> epochs, Judgement judgement) {
        line = epochs;
        lines++;
        if (declaration.promise().commonNumbers() && epochs.stream().distinct().count() > 1) {
            judgement.violated(
                    at,
                    Words.say(
                            "the ranks go back to a mixture of checkpoints %s: %s",
                            Words.at(at), epochs));
        }
    }

    private void remember(Epoch epoch, long digest) {
        pairs.put(Mix.fold(epoch.number(), digest), 1);
        contents.put(epoch.number(), digest);
    }

    private void resumed(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        long digest = claimed.memoryDigest();
        if (epoch.equals(Epoch.ZERO) && !contents.contains(0)) {
            remember(epoch, digest);
        } else if (pairs.contains(Mix.fold(epoch.number(), digest))) {
            judgement.witness();
        } else {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "%s resumed from %s %s with memory that %s: %s",
                            declaration.role(claimed.node()),
                            epoch,
                            Words.at(claimed.at()),
                            contents.contains(epoch.number())
                                    ? "is not what was cut as " + epoch
                                    : "nobody ever cut as " + epoch,
                            origin(digest)));
        }
    }

    private String origin(long digest) {
        long other = contents.keyOf(digest, -1);
        return other >= 0
                ? "it is the content of e" + other
                : "it is the content of no checkpoint, so a mixture or damaged";
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("nothing was ever restored");
        }
    }
}
