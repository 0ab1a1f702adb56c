package cairn.part.ensemble;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.OfRound;

import java.util.List;
import java.util.SortedMap;

/** The coordinator's part in checkpoints. */
public interface Rounds {

    /** Makes the coordinator's part. */
    interface Maker {
        Rounds make(Ensemble ensemble);
    }

    /** The name of the timer that {@link #fired} answers. */
    long TIMER = 2;

    /** All ranks run, in a new era, from a line; it is said what each place had reported. */
    void begin(
            long era,
            List<Choice> line,
            SortedMap<Integer, List<Held>> reports,
            Outbox<EnsembleMessage> out);

    /** A rank says something, in this era. */
    void on(NodeId rank, OfRound message, Outbox<EnsembleMessage> out);

    /** A store says something. */
    default void on(NodeId store, OfPiece message, Outbox<EnsembleMessage> out) {}

    /** The timer ran out, while all ranks run. */
    void fired(Outbox<EnsembleMessage> out);

    /** Time to repeat what was not answered. */
    void tick(Outbox<EnsembleMessage> out);

    /** One clause for the diagnosis of a run that is stuck. */
    String waitsFor();
}
