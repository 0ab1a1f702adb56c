package cairn.part.ensemble;

import cairn.model.Epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Searches checkpoints that were cut independently for the newest line without orphans. It begins
 * with the newest of each rank; where a rank has received what another one, at its own checkpoint,
 * has not sent yet, the receiver goes back until it has not. Each step back may cause another one,
 * down to the beginning: the domino effect. The result is unique, since of two lines without
 * orphans the later checkpoint of each rank is one too (Wang 1997).
 */
public final class RecoveryLine implements Planner {

    private final int ranks;
    private final Rules rules;
    private final List<NavigableMap<Epoch, SortedMap<Integer, Traffic>>> checkpoints =
            new ArrayList<>();

    public RecoveryLine(int ranks, Rules rules) {
        this.ranks = ranks;
        this.rules = rules;
        clear();
    }

    /** Forgets all checkpoints but the beginning of each rank. */
    void clear() {
        checkpoints.clear();
        for (int rank = 0; rank < ranks; rank++) {
            NavigableMap<Epoch, SortedMap<Integer, Traffic>> own = new TreeMap<>();
            own.put(Epoch.ZERO, new TreeMap<>());
            checkpoints.add(own);
        }
    }

    /** A checkpoint is there. */
    void add(Held held) {
        SortedMap<Integer, Traffic> traffic = new TreeMap<>();
        held.traffic().forEach(with -> traffic.put(with.peer(), with));
        checkpoints.get(held.piece().owner()).put(held.piece().epoch(), traffic);
    }

    /** Checkpoints beyond a line are given up. */
    void forgetAfter(List<Choice> line) {
        for (int rank = 0; rank < line.size(); rank++) {
            checkpoints.get(rank).tailMap(line.get(rank).epoch(), false).clear();
        }
    }

    /** Checkpoints before a line: nobody goes back to them any more. */
    void forgetBefore(List<Choice> line) {
        for (int rank = 0; rank < line.size(); rank++) {
            checkpoints.get(rank).headMap(line.get(rank).epoch(), false).clear();
        }
    }

    /** The line if all went back now, and what of each rank's messages has been received there. */
    List<Choice> line() {
        List<Epoch> epochs = new ArrayList<>();
        checkpoints.forEach(own -> epochs.add(own.lastKey()));
        while (rules.searchesOn() && stepBack(epochs)) {
            // Each round may make orphans of what others received.
        }
        List<Choice> line = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            List<Traffic> delivered = new ArrayList<>();
            for (Traffic with : at(rank, epochs.get(rank)).values()) {
                delivered.add(
                        new Traffic(
                                with.peer(),
                                with.sent(),
                                received(with.peer(), rank, epochs.get(with.peer()))));
            }
            line.add(new Choice(epochs.get(rank), rank, delivered));
        }
        return line;
    }

    private boolean stepBack(List<Epoch> epochs) {
        boolean moved = false;
        for (int rank = 0; rank < ranks; rank++) {
            while (hasOrphan(rank, epochs)) {
                epochs.set(rank, checkpoints.get(rank).lowerKey(epochs.get(rank)));
                moved = true;
            }
        }
        return moved;
    }

    private boolean hasOrphan(int rank, List<Epoch> epochs) {
        for (Traffic with : at(rank, epochs.get(rank)).values()) {
            if (with.received() > sent(with.peer(), rank, epochs.get(with.peer()))) {
                return true;
            }
        }
        return false;
    }

    private SortedMap<Integer, Traffic> at(int rank, Epoch epoch) {
        return checkpoints.get(rank).getOrDefault(epoch, new TreeMap<>());
    }

    private long sent(int from, int to, Epoch at) {
        Traffic with = at(from, at).get(to);
        return with == null ? 0 : with.sent();
    }

    private long received(int rank, int from, Epoch at) {
        Traffic with = at(rank, at).get(from);
        return with == null ? 0 : with.received();
    }

    @Override
    public List<Choice> plan(SortedMap<Integer, List<Held>> reports) {
        clear();
        reports.values().forEach(held -> held.forEach(this::add));
        return line();
    }
}
