package cairn.part.ensemble;

import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ensemble.EnsembleMessage.Gather;
import cairn.part.ensemble.EnsembleMessage.Go;
import cairn.part.ensemble.EnsembleMessage.Holding;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.OfRecovery;
import cairn.part.ensemble.EnsembleMessage.OfRound;
import cairn.part.ensemble.EnsembleMessage.OfTransport;
import cairn.part.ensemble.EnsembleMessage.Ready;
import cairn.part.ensemble.EnsembleMessage.Restore;
import cairn.part.ensemble.EnsembleMessage.Started;
import cairn.part.ensemble.EnsembleMessage.Unreadable;

/** A place that keeps pieces for the ranks, and says so when they are durable on its disk. */
final class Store implements Node<EnsembleMessage> {

    private final Shelf shelf;
    private int incarnation;

    Store(long retryNanos) {
        shelf = new Shelf(retryNanos);
    }

    @Override
    public void boot(Boot boot, Outbox<EnsembleMessage> out) {
        incarnation = boot.incarnation();
        shelf.open(out);
    }

    @Override
    public void on(Event<EnsembleMessage> event, Outbox<EnsembleMessage> out) {
        switch (event) {
            case Event.Delivered<EnsembleMessage>(NodeId origin, EnsembleMessage message) ->
                    delivered(origin, message, out);
            case Event.OfDisk<EnsembleMessage> disk -> {
                if (shelf.on(disk, out) instanceof Archive.Listed) {
                    shelf.opened();
                }
            }
            case Event.Fired<EnsembleMessage> _ -> shelf.fired(out);
            case Event.Asked<EnsembleMessage> _,
                    Event.Answered<EnsembleMessage> _,
                    Event.Computed<EnsembleMessage> _,
                    Event.OfNic<EnsembleMessage> _ ->
                    throw new IllegalStateException("not for a store: " + event);
        }
    }

    private void delivered(NodeId origin, EnsembleMessage message, Outbox<EnsembleMessage> out) {
        if (!shelf.isOpen()) {
            // Whoever asks will ask again.
            return;
        }
        switch (message) {
            case Gather(long era) -> out.send(origin, new Holding(era, incarnation, shelf.held()));
            case OfPiece piece -> shelf.on(origin, piece, out);
            case Started _, Holding _, Restore _, Unreadable _, Ready _, Go _ ->
                    throw notForMe((OfRecovery) message);
            case OfRound _, OfTransport _ -> throw notForMe(message);
        }
    }

    private static IllegalStateException notForMe(EnsembleMessage message) {
        return new IllegalStateException("not for a store: " + message);
    }

    @Override
    public String waitsFor() {
        return shelf.isOpen() ? "nothing" : Epoch.ZERO + " or what else its disk holds";
    }
}
