package cairn.protocol.multilevel;

import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Patience;
import cairn.part.ensemble.Choice;
import cairn.part.ensemble.CommonRounds;
import cairn.part.ensemble.Content;
import cairn.part.ensemble.Ensemble;
import cairn.part.ensemble.EnsembleMessage;
import cairn.part.ensemble.EnsembleMessage.Drop;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.OfRound;
import cairn.part.ensemble.EnsembleMessage.Put;
import cairn.part.ensemble.EnsembleMessage.Stored;
import cairn.part.ensemble.Held;
import cairn.part.ensemble.Piece;
import cairn.part.ensemble.Rounds;

import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;

/**
 * Coordinated rounds, and the mark that a flushed line is whole: it is stored when every rank's
 * part is durable in the file system.
 */
final class Sealing implements Rounds {

    private static final int MARK = Piece.IMAGE + 1;

    private final CommonRounds rounds;
    private final Ensemble ensemble;
    private final Patience patience = new Patience();
    private final BitSet flushed = new BitSet();
    private Epoch flushing = Epoch.ZERO;
    private Epoch sealed = Epoch.ZERO;

    Sealing(Ensemble ensemble) {
        this.ensemble = ensemble;
        this.rounds = new CommonRounds(ensemble, CommonRounds.Style.STOP_UNTIL_CUT);
    }

    @Override
    public void begin(
            long era,
            List<Choice> line,
            SortedMap<Integer, List<Held>> reports,
            Outbox<EnsembleMessage> out) {
        flushed.clear();
        rounds.begin(era, line, reports, out);
    }

    @Override
    public void on(NodeId rank, OfRound message, Outbox<EnsembleMessage> out) {
        rounds.on(rank, message, out);
    }

    @Override
    public void on(NodeId place, OfPiece message, Outbox<EnsembleMessage> out) {
        if (!(message instanceof Stored(Piece piece))) {
            throw new IllegalStateException("not for a coordinator: " + message);
        }
        if (place.equals(ensemble.store(0))) {
            stored(piece.epoch(), out);
        } else if (piece.epoch().equals(sealed)) {
            // It has not heard it.
            out.send(place, new Stored(mark(sealed)));
        } else {
            flushed(place.index(), piece.epoch(), out);
        }
    }

    private void flushed(int rank, Epoch epoch, Outbox<EnsembleMessage> out) {
        if (epoch.isAfter(flushing)) {
            flushing = epoch;
            flushed.clear();
        }
        if (epoch.equals(flushing) && !isFlushed()) {
            flushed.set(rank);
            if (isFlushed()) {
                patience.begin();
                storeMark(out);
            }
        }
    }

    private boolean isFlushed() {
        return flushed.cardinality() == ensemble.ranks();
    }

    private static Piece mark(Epoch epoch) {
        return new Piece(0, epoch, MARK);
    }

    private void storeMark(Outbox<EnsembleMessage> out) {
        out.send(ensemble.store(0), new Put(mark(flushing), new Content(new byte[Long.BYTES])));
    }

    private void stored(Epoch epoch, Outbox<EnsembleMessage> out) {
        if (epoch.equals(flushing) && epoch.isAfter(sealed)) {
            sealed = epoch;
            for (int rank = 0; rank < ensemble.ranks(); rank++) {
                out.send(new NodeId(rank), new Stored(mark(sealed)));
            }
            out.send(ensemble.store(0), new Drop(0, sealed));
        }
    }

    @Override
    public void fired(Outbox<EnsembleMessage> out) {
        rounds.fired(out);
    }

    @Override
    public void tick(Outbox<EnsembleMessage> out) {
        rounds.tick(out);
        if (isFlushed() && flushing.isAfter(sealed) && patience.isOver()) {
            storeMark(out);
        }
    }

    @Override
    public String waitsFor() {
        return rounds.waitsFor();
    }
}
