package cairn.part.ensemble;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ensemble.EnsembleMessage.Gather;
import cairn.part.ensemble.EnsembleMessage.Go;
import cairn.part.ensemble.EnsembleMessage.Holding;
import cairn.part.ensemble.EnsembleMessage.OfRecovery;
import cairn.part.ensemble.EnsembleMessage.Ready;
import cairn.part.ensemble.EnsembleMessage.Restore;
import cairn.part.ensemble.EnsembleMessage.Started;
import cairn.part.ensemble.EnsembleMessage.Unreadable;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings all ranks to a line of checkpoints and lets them go on together: at the start, and again
 * whenever one of them has started anew. Each time is an era.
 */
final class Recovery {

    private final Ensemble ensemble;
    private final Planner planner;
    private final SortedMap<Integer, List<Held>> reports = new TreeMap<>();
    private final int[] incarnations;
    private final BitSet ready = new BitSet();
    private List<Choice> line = List.of();
    private long era;

    /** It goes on from the eras of former coordinators. */
    Recovery(Ensemble ensemble, Planner planner, long era) {
        this.ensemble = ensemble;
        this.planner = planner;
        this.era = era;
        incarnations = new int[ensemble.ranks()];
        Arrays.fill(incarnations, -1);
    }

    long era() {
        return era;
    }

    /** Where the ranks go on from, in this era; empty until that is known. */
    List<Choice> line() {
        return line;
    }

    /** What each place reported in this era. */
    SortedMap<Integer, List<Held>> reports() {
        return reports;
    }

    /** Whether all may run. */
    boolean isOver() {
        return ready.cardinality() == ensemble.ranks();
    }

    /** Begins an era. */
    void begin(Outbox<EnsembleMessage> out) {
        era++;
        reports.clear();
        ready.clear();
        line = List.of();
        tick(out);
    }

    /** Says again what was not answered. */
    void tick(Outbox<EnsembleMessage> out) {
        if (isOver()) {
            return;
        }
        for (int place = 0; place < ensemble.ranks(); place++) {
            if (!line.isEmpty()) {
                restore(place, out);
            } else if (!reports.containsKey(place)) {
                out.send(new NodeId(place), new Gather(era));
            }
        }
        for (int store = 0; store < ensemble.stores(); store++) {
            if (line.isEmpty() && !reports.containsKey(ensemble.store(store).index())) {
                out.send(ensemble.store(store), new Gather(era));
            }
        }
    }

    private void restore(int rank, Outbox<EnsembleMessage> out) {
        if (!ready.get(rank)) {
            out.send(new NodeId(rank), new Restore(era, incarnations[rank], line.get(rank)));
        }
    }

    /** Takes what a place says; true if from now on all may run. */
    boolean on(NodeId origin, OfRecovery message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Started(int incarnation) -> started(origin, incarnation, out);
            case Holding holding -> holding(origin, holding, out);
            case Unreadable(long of) -> {
                if (of == era) {
                    begin(out);
                }
            }
            case Ready(long of) -> {
                return of == era && ready(origin, out);
            }
            case Gather _, Restore _, Go _ ->
                    throw new IllegalStateException("not for a coordinator: " + message);
        }
        return false;
    }

    private void started(NodeId rank, int incarnation, Outbox<EnsembleMessage> out) {
        if (incarnation <= incarnations[rank.index()]) {
            // Late: it has said more since.
            return;
        }
        if (line.isEmpty()) {
            // While nobody goes back yet, it is only one more to wait for.
            reports.remove(rank.index());
            out.send(rank, new Gather(era));
        } else if (isOver() || ensemble.rules().recoversFromScratch()) {
            begin(out);
        }
    }

    private void holding(NodeId origin, Holding holding, Outbox<EnsembleMessage> out) {
        if (holding.era() != era || !line.isEmpty()) {
            return;
        }
        if (origin.index() < incarnations.length) {
            incarnations[origin.index()] = holding.incarnation();
        }
        reports.put(origin.index(), holding.held());
        if (reports.size() == ensemble.ranks() + ensemble.stores()) {
            line = planner.plan(reports);
            out.claim(new Fact.Line(line.stream().map(Choice::epoch).toList()));
            tick(out);
        }
    }

    private boolean ready(NodeId rank, Outbox<EnsembleMessage> out) {
        if (isOver()) {
            // It was told to go, and has not heard it.
            out.send(rank, new Go(era));
            return false;
        }
        ready.set(rank.index());
        if (!isOver()) {
            return false;
        }
        for (int each = 0; each < ensemble.ranks(); each++) {
            out.send(new NodeId(each), new Go(era));
        }
        return true;
    }

    String waitsFor() {
        if (line.isEmpty()) {
            return "what all hold, in era " + era + "; known of " + reports.keySet();
        }
        return isOver()
                ? "nothing"
                : "rank " + ready.nextClearBit(0) + " to be ready in era " + era;
    }
}
