package cairn.part.ensemble;

import cairn.model.Epoch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * For checkpoints that all ranks cut together under one number: the newest whose images can be got
 * for every rank, each from the cheapest place: the rank's own, then another rank's, then a store.
 * Never the least or greatest of what each has.
 */
public final class NewestCommonLine implements Planner {

    private final int ranks;
    private final Rules rules;

    public NewestCommonLine(int ranks, Rules rules) {
        this.ranks = ranks;
        this.rules = rules;
    }

    @Override
    public List<Choice> plan(SortedMap<Integer, List<Held>> reports) {
        List<NavigableSet<Epoch>> ofRank =
                new ArrayList<>(Collections.nCopies(ranks, new TreeSet<>()));
        ofRank.replaceAll(_ -> new TreeSet<>());
        SortedMap<Integer, SortedMap<Epoch, Integer>> sources = new TreeMap<>();
        reports.forEach((place, held) -> {
            for (Held one : held) {
                Piece piece = one.piece();
                if (piece.isImage()) {
                    ofRank.get(piece.owner()).add(piece.epoch());
                    sources.computeIfAbsent(piece.owner(), _ -> new TreeMap<>())
                            .merge(piece.epoch(), place, (a, b) -> cheaper(piece.owner(), a, b));
                }
            }
        });
        NavigableSet<Epoch> ofAll = new TreeSet<>(ofRank.getFirst());
        ofRank.forEach(ofAll::retainAll);
        List<Choice> choices = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            Epoch epoch = rules.pick(ofRank.get(rank), ofAll);
            choices.add(
                    epoch.equals(Epoch.ZERO)
                            ? new Choice(epoch, rank)
                            : new Choice(epoch, source(sources, rank, epoch)));
        }
        return choices;
    }

    private static int source(
            SortedMap<Integer, SortedMap<Epoch, Integer>> sources, int rank, Epoch epoch) {
        SortedMap<Epoch, Integer> places = sources.getOrDefault(rank, new TreeMap<>());
        return places.getOrDefault(epoch, rank);
    }

    private static int cheaper(int owner, int a, int b) {
        return a == owner || b == owner ? owner : Math.min(a, b);
    }
}
