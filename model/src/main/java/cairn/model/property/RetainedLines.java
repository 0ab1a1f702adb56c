package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.property.RankHistories.Channel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * GC, of ranks that go back to lines: giving up a checkpoint does not move the newest line back, to
 * which all would go if all failed now. Fewer failures lead to lines that are newer, so nothing
 * before that one is needed, and what belongs to it is.
 */
final class RetainedLines implements Checker {

    private final RankHistories histories;
    private final List<NavigableSet<Epoch>> kept = new ArrayList<>();
    private final boolean commonNumbers;
    private boolean lines;

    RetainedLines(Declaration declaration) {
        commonNumbers = declaration.promise().commonNumbers();
        int ranks = declaration.application().processes();
        histories = new RankHistories(ranks);
        for (int rank = 0; rank < ranks; rank++) {
            kept.add(new TreeSet<>());
        }
    }

    @Override
    public Set<Topic> topics() {
        EnumSet<Topic> topics = EnumSet.of(Topic.LINE, Topic.SEALED, Topic.DISCARDED);
        topics.addAll(RankHistories.TOPICS);
        return topics;
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        histories.on(observation);
        if (!(observation instanceof Observation.Claimed claimed)) {
            return;
        }
        if (claimed.fact() instanceof Fact.Line(List<Epoch> epochs)) {
            lines = true;
            // Its writer may have died before it could say that it is complete.
            for (int rank = 0; rank < epochs.size(); rank++) {
                kept.get(rank).add(epochs.get(rank));
            }
        } else if (claimed.fact() instanceof Fact.Sealed(int rank, Epoch epoch, Epoch _)) {
            kept.get(rank).add(epoch);
        } else if (claimed.fact() instanceof Fact.Resumed(int rank, Epoch epoch)) {
            kept.get(rank).tailSet(epoch, false).clear();
        } else if (claimed.fact() instanceof Fact.Discarded(int rank, Epoch epoch)) {
            if (kept.get(rank).contains(epoch)) {
                discarded(claimed, rank, epoch, judgement);
            }
        }
    }

    private void discarded(
            Observation.Claimed claimed, int rank, Epoch epoch, Judgement judgement) {
        Epoch needed = lines ? newestLine().get(rank) : Epoch.ZERO;
        kept.get(rank).remove(epoch);
        if (needed.equals(epoch)) {
            judgement.violated(
                    claimed.at(),
                    Words.say(
                            "rank %d gave up %s %s, which belongs to the newest line that all could"
                                    + " go back to",
                            rank, epoch, Words.at(claimed.at())));
        } else if (lines) {
            judgement.witness();
        }
    }

    private List<Epoch> newestLine() {
        return commonNumbers ? newestCommonLine() : newestLineWithoutOrphans();
    }

    /** Where checkpoints of one number are one cut: the newest number that all have. */
    private List<Epoch> newestCommonLine() {
        NavigableSet<Epoch> common = new TreeSet<>(kept.getFirst());
        kept.forEach(common::retainAll);
        return Collections.nCopies(kept.size(), common.isEmpty() ? Epoch.ZERO : common.last());
    }

    /** The newest checkpoint of each rank, and from there back until there is no orphan. */
    private List<Epoch> newestLineWithoutOrphans() {
        List<Epoch> line = new ArrayList<>();
        kept.forEach(epochs -> line.add(epochs.isEmpty() ? Epoch.ZERO : epochs.last()));
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Channel channel : histories.channels()) {
                while (isOrphaned(channel, line)) {
                    Epoch lower = kept.get(channel.to()).lower(line.get(channel.to()));
                    line.set(channel.to(), lower == null ? Epoch.ZERO : lower);
                    moved = true;
                }
            }
        }
        return line;
    }

    private boolean isOrphaned(Channel channel, List<Epoch> line) {
        return histories.receivedAt(channel, line.get(channel.to()))
                > histories.sentAt(channel, line.get(channel.from()));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {}
}
