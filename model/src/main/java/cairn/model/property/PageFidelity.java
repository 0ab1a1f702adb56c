package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.memory.PageDigests;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;

/**
 * SNAP and CLEAN, of one process: each page of a restored image has the content that it had at the
 * cut. A page that still has its content of an earlier cut was taken for clean (CLEAN); one with
 * any other content was captured at another instant, or damaged (SNAP).
 */
final class PageFidelity implements Checker {

    /** More than an incremental chain is long; older cuts are forgotten. */
    private static final int CUTS = 128;

    private final boolean judgesStale;
    private final Deque<Cut> newestFirst = new ArrayDeque<>();

    /** One cut and the contents of its pages. */
    private record Cut(long epoch, PageDigests pages) {}

    private PageFidelity(boolean judgesStale) {
        this.judgesStale = judgesStale;
    }

    /** SNAP. */
    static Checker ofCapturedPages(Declaration declaration) {
        return new PerProcess(declaration, _ -> new PageFidelity(false));
    }

    /** CLEAN. */
    static Checker ofPagesTakenForClean(Declaration declaration) {
        return new PerProcess(declaration, _ -> new PageFidelity(true));
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(Topic.CUT, Topic.RESUMED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (!(observation instanceof Observation.Claimed claimed)) {
            return;
        }
        if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            newestFirst.addFirst(new Cut(epoch.number(), claimed.pages()));
            if (newestFirst.size() > CUTS) {
                newestFirst.removeLast();
            }
        } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
            resumed(claimed, epoch, judgement);
        }
    }

    private void resumed(Observation.Claimed claimed, Epoch epoch, Judgement judgement) {
        PageDigests restored = claimed.pages();
        Cut nearest = null;
        for (Cut cut : newestFirst) {
            if (cut.epoch == epoch.number()) {
                if (cut.pages.firstDifference(restored, 0) < 0) {
                    judgement.witness();
                    return;
                }
                nearest = nearest == null ? cut : nearest;
            }
        }
        if (nearest != null) {
            compare(claimed, nearest, judgement);
        }
    }

    private void compare(Observation.Claimed claimed, Cut cut, Judgement judgement) {
        PageDigests restored = claimed.pages();
        for (int page = cut.pages.firstDifference(restored, 0);
                page >= 0;
                page = cut.pages.firstDifference(restored, page + 1)) {
            long stale = staleSince(page, restored.of(page), cut.epoch);
            if (judgesStale && stale >= 0) {
                violated(claimed, cut, page, "its content of e" + stale, judgement);
            } else if (!judgesStale && stale < 0) {
                violated(claimed, cut, page, "a content that it had at no cut", judgement);
            }
        }
    }

    /** The newest earlier cut at which a page had a content, or -1. */
    private long staleSince(int page, long content, long before) {
        for (Cut cut : newestFirst) {
            if (cut.epoch < before && page < cut.pages.count() && cut.pages.of(page) == content) {
                return cut.epoch;
            }
        }
        // Every page was zero once.
        return content == 0 ? 0 : -1;
    }

    private static void violated(
            Observation.Claimed claimed, Cut cut, int page, String what, Judgement judgement) {
        judgement.violated(
                claimed.at(),
                Words.say(
                        "page %d of what was restored as e%d %s is not as it was at the cut, but"
                                + " has %s",
                        page, cut.epoch, Words.at(claimed.at()), what));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("nothing was ever restored");
        }
    }
}
