package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ensemble.EnsembleMessage.Commit;
import cairn.part.ensemble.EnsembleMessage.Kept;
import cairn.part.ensemble.EnsembleMessage.OfRound;
import cairn.part.ensemble.EnsembleMessage.Quiet;
import cairn.part.ensemble.EnsembleMessage.Resume;
import cairn.part.ensemble.EnsembleMessage.Stop;
import cairn.part.ensemble.EnsembleMessage.Take;
import cairn.part.ensemble.EnsembleMessage.Taken;

import java.util.List;
import java.util.SortedMap;

/**
 * Follows independent checkpoints and finds the line that all would go back to if all failed now.
 * It never moves back, so what lies before it is garbage, copies of messages that it contains the
 * receipts of are too, and outputs behind it may leave.
 */
public final class LineWatch implements Rounds {

    private final RecoveryLine checkpoints;
    private List<Choice> line = List.of();
    private long era;

    public LineWatch(Ensemble ensemble) {
        this.checkpoints = new RecoveryLine(ensemble.ranks(), ensemble.rules());
    }

    @Override
    public void begin(
            long newEra,
            List<Choice> from,
            SortedMap<Integer, List<Held>> reports,
            Outbox<EnsembleMessage> out) {
        era = newEra;
        line = from;
        checkpoints.clear();
        reports.values().forEach(held -> held.forEach(checkpoints::add));
        checkpoints.forgetAfter(line);
        checkpoints.forgetBefore(line);
    }

    @Override
    public void on(NodeId rank, OfRound message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Kept(long _, Held held) -> {
                if (held.piece().epoch().isAfter(line.get(rank.index()).epoch())) {
                    checkpoints.add(held);
                    advance(out);
                }
                commit(rank.index(), out);
            }
            case Stop _, Quiet _, Take _, Taken _, Resume _, Commit _ ->
                    throw new IllegalStateException("not for a coordinator: " + message);
        }
    }

    private void advance(Outbox<EnsembleMessage> out) {
        List<Choice> newer = checkpoints.line();
        if (newer.equals(line)) {
            return;
        }
        line = newer;
        checkpoints.forgetBefore(line);
        for (int rank = 0; rank < line.size(); rank++) {
            commit(rank, out);
        }
    }

    private void commit(int rank, Outbox<EnsembleMessage> out) {
        Choice choice = line.get(rank);
        if (!choice.epoch().equals(Epoch.ZERO)) {
            out.send(new NodeId(rank), new Commit(era, choice.epoch(), choice.delivered()));
        }
    }

    @Override
    public void fired(Outbox<EnsembleMessage> out) {
        throw new IllegalStateException("nobody armed it");
    }

    /** Ranks say again what was not answered. */
    @Override
    public void tick(Outbox<EnsembleMessage> out) {}

    @Override
    public String waitsFor() {
        return "checkpoints beyond " + line.stream().map(Choice::epoch).toList();
    }
}
