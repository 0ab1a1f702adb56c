package cairn.verification;

import cairn.model.Fact;
import cairn.model.Observation;
import cairn.simulator.Trace.Step;
import cairn.verification.Chronicle.Seen;
import cairn.verification.Chronicle.Stepped;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The entries of a chronicle that make its story: what failed, was lost and was healed, who
 * started, ended, led and restored; the steps around each fault, and those that led to the last
 * acknowledgement before it; and the last steps that the end depends on.
 */
final class Excerpt {

    private static final int AROUND_A_FAULT = 3;
    private static final int BEFORE_THE_END = 25;
    private static final int BEFORE_AN_ACKNOWLEDGEMENT = 8;
    private static final int MOST = 110;

    private final Chronicle chronicle;
    private final List<Integer> chosen = new ArrayList<>();

    /**
     * An excerpt.
     *
     * @param end virtual nanoseconds; what came later belongs to no story
     */
    Excerpt(Chronicle chronicle, long end) {
        this.chronicle = chronicle;
        int size = 0;
        while (size < chronicle.size() && chronicle.entry(size).at() <= end) {
            size++;
        }
        BitSet kept = CausalPast.of(chronicle, size - 1, BEFORE_THE_END);
        int acknowledged = -1;
        for (int i = 0; i < size; i++) {
            if (isAcknowledgement(i)) {
                acknowledged = i;
            }
            if (isTurn(i)) {
                kept.set(i);
            }
            if (isFault(i)) {
                kept.set(Math.max(0, i - AROUND_A_FAULT), Math.min(size, i + AROUND_A_FAULT + 1));
                kept.or(CausalPast.of(chronicle, acknowledged, BEFORE_AN_ACKNOWLEDGEMENT));
            }
        }
        // The end matters more than the beginning.
        for (int i = kept.nextSetBit(0); kept.cardinality() > MOST; i = kept.nextSetBit(i + 1)) {
            kept.clear(i);
        }
        kept.stream().forEach(chosen::add);
    }

    private boolean isFault(int index) {
        return chronicle.entry(index) instanceof Seen(Observation.Struck _);
    }

    private boolean isAcknowledgement(int index) {
        return chronicle.entry(index) instanceof Seen(Observation.Claimed claimed)
                && claimed.fact() instanceof Fact.Acknowledged;
    }

    /** Whether the course of the run turns here. */
    private boolean isTurn(int index) {
        if (!(chronicle.entry(index) instanceof Seen(var observation))) {
            return chronicle.entry(index) instanceof Stepped stepped && stepped.step() == Step.LOST;
        }
        return switch (observation) {
            case Observation.Struck _, Observation.Healed _, Observation.Ended _ -> true;
            case Observation.Booted(long _, var _, int incarnation) -> incarnation > 0;
            case Observation.Claimed(long _, var _, int incarnation, var fact, long _, var _) ->
                    isTurn(fact, incarnation);
            case Observation.Accessed(long _, var access) -> !access.applied();
            case Observation.Invoked _, Observation.Answered _, Observation.Released _ -> false;
        };
    }

    private static boolean isTurn(Fact fact, int incarnation) {
        return switch (fact) {
            case Fact.Resumed _ -> incarnation > 0;
            case Fact.Leading _,
                    Fact.SteppedDown _,
                    Fact.Managing _,
                    Fact.Registered _,
                    Fact.Moved _,
                    Fact.Reached _,
                    Fact.Line _ ->
                    true;
            case Fact.Cut _,
                    Fact.Retained _,
                    Fact.Migrated _,
                    Fact.Sealed _,
                    Fact.Acknowledged _,
                    Fact.Discarded _,
                    Fact.Applied _,
                    Fact.Laid _,
                    Fact.Removed _,
                    Fact.Granted _,
                    Fact.Revoked _,
                    Fact.Authenticated _,
                    Fact.Directory _,
                    Fact.Obeyed _,
                    Fact.Held _,
                    Fact.Pledged _,
                    Fact.Logged _,
                    Fact.OfRank _,
                    Fact.Emitted _,
                    Fact.Doing _ ->
                    false;
        };
    }

    /** The places of the chosen entries in the chronicle. */
    List<Integer> chosen() {
        return List.copyOf(chosen);
    }

    /** The chosen entries as lines, and how many were left out between them. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int next = 0;
        for (int index : chosen) {
            if (index > next) {
                lines.add(String.format(Locale.ROOT, "%17s  ... %,d more", "", index - next));
            }
            lines.add(chronicle.line(index));
            next = index + 1;
        }
        return lines;
    }
}
