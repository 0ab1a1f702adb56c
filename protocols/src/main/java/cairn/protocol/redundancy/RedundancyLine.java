package cairn.protocol.redundancy;

import cairn.model.Epoch;
import cairn.part.ensemble.Choice;
import cairn.part.ensemble.Held;
import cairn.part.ensemble.Piece;
import cairn.part.ensemble.Planner;
import cairn.protocol.redundancy.RedundancySet.Stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The newest checkpoint of which every image is in somebody's memory, or follows from what is: only
 * one that was completed can be (PA-2).
 */
final class RedundancyLine implements Planner {

    private final int ranks;
    private final Placement placement;
    private final Rules rules;

    RedundancyLine(int ranks, Placement placement, Rules rules) {
        this.ranks = ranks;
        this.placement = placement;
        this.rules = rules;
    }

    @Override
    public List<Choice> plan(SortedMap<Integer, List<Held>> reports) {
        NavigableSet<Epoch> all = new TreeSet<>();
        reports.values().forEach(held -> held.forEach(one -> all.add(one.piece().epoch())));
        NavigableSet<Epoch> recoverable = new TreeSet<>(all);
        recoverable.removeIf(epoch ->
                !placement.sets().stream().allMatch(set -> isRecoverable(set, epoch, reports)));
        List<Choice> choices = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            NavigableSet<Epoch> own = new TreeSet<>();
            for (Held held : reports.getOrDefault(rank, List.of())) {
                if (held.piece().isImage()) {
                    own.add(held.piece().epoch());
                }
            }
            choices.add(new Choice(rules.pick(own, recoverable), rank));
        }
        return choices;
    }

    private static boolean isRecoverable(
            RedundancySet set, Epoch epoch, SortedMap<Integer, List<Held>> reports) {
        for (int number = 0; number < set.stripes().size(); number++) {
            Stripe stripe = set.stripes().get(number);
            int part = Rebuild.part(number);
            long lost =
                    stripe.data().stream()
                            .filter(rank -> !holds(rank, epoch, Piece.IMAGE, reports))
                            .count();
            long parity =
                    stripe.parity().stream()
                            .filter(rank -> holds(rank, epoch, part, reports))
                            .count();
            if (lost > parity) {
                return false;
            }
        }
        return !set.stripes().isEmpty()
                || set.members().stream()
                        .allMatch(rank -> holds(rank, epoch, Piece.IMAGE, reports));
    }

    private static boolean holds(
            int rank, Epoch epoch, int part, SortedMap<Integer, List<Held>> reports) {
        Piece piece = new Piece(rank, epoch, part);
        return reports.getOrDefault(rank, List.of()).stream()
                .anyMatch(held -> held.piece().equals(piece));
    }
}
