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

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One checkpoint of all ranks after another, each in two phases as Koo and Toueg's: first everybody
 * makes a tentative one, and when all are safe, all are made permanent. When a rank fails, the one
 * in the making is given up.
 */
public final class CommonRounds implements Rounds {

    private final Ensemble ensemble;
    private final Style style;
    // What each rank said last, in each phase.
    private final Map<Phase, SortedMap<Integer, Epoch>> said = new EnumMap<>(Phase.class);
    private long era;
    private Epoch epoch = Epoch.ZERO;
    private Epoch safe = Epoch.ZERO;
    private Phase phase = Phase.IDLE;
    // All ranks below this one have answered.
    private int answered;

    /** How the ranks are brought to cut. */
    public enum Style {
        /** All stop, and go on when all have cut. */
        STOP_UNTIL_CUT,
        /** All stop, and go on when all are safe. */
        STOP_UNTIL_SAFE,
        /** Each stops and cuts, and goes on when all have: what is under way is for it to save. */
        CUT_AT_BARRIER,
        /** One is told to cut; markers bring it to the others, and nobody stops. */
        MARKERS
    }

    /** What all are waited for to do. */
    private enum Phase {
        IDLE,
        STOPPING,
        CUTTING,
        KEEPING
    }

    public CommonRounds(Ensemble ensemble, Style style) {
        this.ensemble = ensemble;
        this.style = style;
    }

    @Override
    public void begin(
            long newEra,
            List<Choice> line,
            SortedMap<Integer, List<Held>> reports,
            Outbox<EnsembleMessage> out) {
        era = newEra;
        said.clear();
        epoch = Numbers.beforeFirst(era);
        safe = epoch;
        enter(Phase.IDLE, out);
    }

    private void enter(Phase next, Outbox<EnsembleMessage> out) {
        phase = next;
        answered = 0;
        switch (phase) {
            case IDLE -> out.arm(TIMER, ensemble.pace().intervalNanos());
            case STOPPING -> tellAll(new Stop(era, epoch), out);
            case CUTTING -> tellAll(new Take(era, epoch), out);
            case KEEPING -> tick(out);
        }
    }

    @Override
    public void fired(Outbox<EnsembleMessage> out) {
        if (phase == Phase.IDLE) {
            epoch = epoch.next();
            enter(firstPhase(), out);
        }
    }

    @Override
    public void tick(Outbox<EnsembleMessage> out) {
        switch (phase) {
            case IDLE -> {
                // The timer says when to go on.
            }
            case STOPPING -> tellRest(new Stop(era, epoch), out);
            case CUTTING -> tellRest(new Take(era, epoch), out);
            case KEEPING -> {
                // Who has cut says when it is safe; but the first one may not have heard of it.
                if (style == Style.MARKERS && !hasAnswered(0)) {
                    out.send(new NodeId(0), new Take(era, epoch));
                }
            }
        }
    }

    private Phase firstPhase() {
        return switch (style) {
            case STOP_UNTIL_CUT, STOP_UNTIL_SAFE -> Phase.STOPPING;
            case CUT_AT_BARRIER -> Phase.CUTTING;
            case MARKERS -> Phase.KEEPING;
        };
    }

    /** Whether ranks go on before all are safe. */
    private boolean goesOnWhenCut() {
        return style == Style.STOP_UNTIL_CUT || style == Style.CUT_AT_BARRIER;
    }

    private void tellRest(OfRound what, Outbox<EnsembleMessage> out) {
        for (int rank = 0; rank < ensemble.ranks(); rank++) {
            if (!hasAnswered(rank)) {
                out.send(new NodeId(rank), what);
            }
        }
    }

    private void tellAll(OfRound what, Outbox<EnsembleMessage> out) {
        for (int rank = 0; rank < ensemble.ranks(); rank++) {
            out.send(new NodeId(rank), what);
        }
    }

    private boolean hasAnswered(int rank) {
        Epoch last = said.getOrDefault(phase, new TreeMap<>()).get(rank);
        return last != null && ensemble.rules().counts(last, epoch);
    }

    private boolean haveAllAnswered() {
        while (answered < ensemble.ranks() && hasAnswered(answered)) {
            answered++;
        }
        return answered == ensemble.ranks();
    }

    @Override
    public void on(NodeId rank, OfRound message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Quiet(long _, Epoch of) -> answer(Phase.STOPPING, rank, of, out);
            case Taken(long _, Epoch of) -> {
                if (of.equals(epoch) && isAllCut()) {
                    // It has not heard it.
                    out.send(rank, new Resume(era, of));
                } else {
                    answer(Phase.CUTTING, rank, of, out);
                }
            }
            case Kept(long _, Held held) -> kept(rank, held.piece().epoch(), out);
            case Stop _, Take _, Resume _, Commit _ ->
                    throw new IllegalStateException("not for a coordinator: " + message);
        }
    }

    /** Whether who has cut may go on. */
    private boolean isAllCut() {
        return safe.equals(epoch) || (phase == Phase.KEEPING && goesOnWhenCut());
    }

    private void kept(NodeId rank, Epoch of, Outbox<EnsembleMessage> out) {
        if (of.equals(safe)) {
            out.send(rank, new Commit(era, of, List.of()));
        } else {
            answer(Phase.KEEPING, rank, of, out);
        }
    }

    private void answer(Phase to, NodeId rank, Epoch of, Outbox<EnsembleMessage> out) {
        if (phase != to) {
            return;
        }
        SortedMap<Integer, Epoch> ofPhase = said.computeIfAbsent(to, _ -> new TreeMap<>());
        ofPhase.merge(rank.index(), of, (a, b) -> b.isAfter(a) ? b : a);
        if (haveAllAnswered()) {
            allAnswered(out);
        }
    }

    private void allAnswered(Outbox<EnsembleMessage> out) {
        switch (phase) {
            case IDLE -> throw new IllegalStateException("nobody was asked");
            case STOPPING -> enter(Phase.CUTTING, out);
            case CUTTING -> {
                enter(Phase.KEEPING, out);
                if (goesOnWhenCut()) {
                    tellAll(new Resume(era, epoch), out);
                }
            }
            case KEEPING -> {
                safe = epoch;
                tellAll(new Commit(era, safe, List.of()), out);
                enter(Phase.IDLE, out);
            }
        }
    }

    @Override
    public String waitsFor() {
        return phase == Phase.IDLE
                ? "the next checkpoint"
                : phase + " " + epoch + "; heard so far: " + said.get(phase);
    }
}
