package cairn.part.ensemble;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.ensemble.EnsembleMessage.OfPiece;
import cairn.part.ensemble.EnsembleMessage.OfRecovery;
import cairn.part.ensemble.EnsembleMessage.OfRound;
import cairn.part.ensemble.EnsembleMessage.OfTransport;

/**
 * Lets ranks begin, take checkpoints, and go back together. It stores nothing: one that is started
 * anew begins an era, and learns from what the others hold.
 */
final class Coordinator implements Node<EnsembleMessage> {

    private static final long TICK = 1;

    private final Ensemble ensemble;
    private final Planner planner;
    private final Rounds rounds;
    private Recovery recovery;

    Coordinator(Ensemble ensemble, Rounds.Maker rounds, Planner planner) {
        this.ensemble = ensemble;
        this.planner = planner;
        this.rounds = rounds.make(ensemble);
        this.recovery = new Recovery(ensemble, planner, 0);
    }

    @Override
    public void boot(Boot boot, Outbox<EnsembleMessage> out) {
        recovery = new Recovery(ensemble, planner, Numbers.beforeFirstEra(boot.incarnation()));
        recovery.begin(out);
        out.arm(TICK, ensemble.pace().retryNanos());
    }

    @Override
    public void on(Event<EnsembleMessage> event, Outbox<EnsembleMessage> out) {
        switch (event) {
            case Event.Delivered<EnsembleMessage>(NodeId origin, EnsembleMessage message) -> {
                out.spend(ensemble.costs().messageNanos());
                delivered(origin, message, out);
            }
            case Event.Fired<EnsembleMessage>(long timer) -> {
                if (timer == TICK) {
                    tick(out);
                } else if (recovery.isOver()) {
                    rounds.fired(out);
                }
            }
            case Event.Asked<EnsembleMessage> _,
                    Event.Answered<EnsembleMessage> _,
                    Event.Computed<EnsembleMessage> _,
                    Event.OfNic<EnsembleMessage> _,
                    Event.OfDisk<EnsembleMessage> _ ->
                    throw new IllegalStateException("not for a coordinator: " + event);
        }
    }

    private void delivered(NodeId origin, EnsembleMessage message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case OfRecovery ofRecovery -> {
                if (recovery.on(origin, ofRecovery, out)) {
                    rounds.begin(recovery.era(), recovery.line(), recovery.reports(), out);
                }
            }
            case OfRound round -> {
                if (recovery.isOver() && round.era() == recovery.era()) {
                    rounds.on(origin, round, out);
                }
            }
            case OfPiece piece -> rounds.on(origin, piece, out);
            case OfTransport _ ->
                    throw new IllegalStateException("not for a coordinator: " + message);
        }
    }

    private void tick(Outbox<EnsembleMessage> out) {
        if (recovery.isOver()) {
            rounds.tick(out);
        } else {
            recovery.tick(out);
        }
        out.arm(TICK, ensemble.pace().retryNanos());
    }

    @Override
    public String waitsFor() {
        return recovery.isOver() ? rounds.waitsFor() : recovery.waitsFor();
    }
}
