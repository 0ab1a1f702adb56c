package cairn.protocol.restart;

import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.restart.RestartMessage.Begin;
import cairn.protocol.restart.RestartMessage.Go;
import cairn.protocol.restart.RestartMessage.Ready;
import cairn.protocol.restart.RestartMessage.Started;

import java.util.BitSet;
import java.util.Collections;

/** Lets all ranks begin together, and again whenever one of them has started anew. */
final class Coordinator implements Node<RestartMessage> {

    private static final long TICK = 1;

    /** More eras than one incarnation of a coordinator ever begins. */
    private static final int ERA_BITS = 24;

    private final RestartSettings settings;
    private final int ranks;
    private final BitSet ready = new BitSet();

    /** The newest instance of each rank that was ready. */
    private final int[] incarnations;

    private long era;

    Coordinator(RestartSettings settings, int ranks) {
        this.settings = settings;
        this.ranks = ranks;
        this.incarnations = new int[ranks];
    }

    @Override
    public void boot(Boot boot, Outbox<RestartMessage> out) {
        // Nothing is stored: that eras grow over restarts follows from the count of incarnations.
        era = (boot.incarnation() + 1L) << ERA_BITS;
        begin(out);
    }

    private void begin(Outbox<RestartMessage> out) {
        era++;
        ready.clear();
        remind(out);
    }

    @Override
    public void on(Event<RestartMessage> event, Outbox<RestartMessage> out) {
        switch (event) {
            case Event.Delivered<RestartMessage>(NodeId rank, Started()) -> {
                // While nobody runs yet, a rank that starts late is only one more to wait for.
                if (ready.cardinality() == ranks) {
                    begin(out);
                } else {
                    ready.clear(rank.index());
                }
            }
            case Event.Delivered<RestartMessage>(NodeId rank, Ready(long of, int incarnation)) -> {
                if (of == era && incarnation >= incarnations[rank.index()]) {
                    ready(rank, incarnation, out);
                }
            }
            case Event.Fired<RestartMessage> _ -> remind(out);
            case Event.Delivered<RestartMessage> _,
                    Event.Asked<RestartMessage> _,
                    Event.Answered<RestartMessage> _,
                    Event.Computed<RestartMessage> _,
                    Event.OfNic<RestartMessage> _,
                    Event.OfDisk<RestartMessage> _ ->
                    throw new IllegalStateException("not for a coordinator: " + event);
        }
    }

    private void ready(NodeId rank, int incarnation, Outbox<RestartMessage> out) {
        boolean isKnown = incarnation == incarnations[rank.index()];
        incarnations[rank.index()] = incarnation;
        if (ready.cardinality() < ranks) {
            ready.set(rank.index());
            if (ready.cardinality() == ranks) {
                allReady(out);
            }
        } else if (isKnown) {
            // It was told to go, and has not heard it.
            out.send(rank, new Go(era, incarnation));
        } else {
            // It heard late of an era that the instance before it was part of.
            begin(out);
        }
    }

    private void allReady(Outbox<RestartMessage> out) {
        out.claim(new Fact.Line(Collections.nCopies(ranks, Epoch.ZERO)));
        out.disarm(TICK);
        for (int rank = 0; rank < ranks; rank++) {
            out.send(new NodeId(rank), new Go(era, incarnations[rank]));
        }
    }

    /** Tells everybody to begin; told twice, it does no harm. */
    private void remind(Outbox<RestartMessage> out) {
        for (int rank = 0; rank < ranks; rank++) {
            out.send(new NodeId(rank), new Begin(era));
        }
        out.arm(TICK, settings.retryNanos());
    }

    @Override
    public String waitsFor() {
        return ready.cardinality() == ranks
                ? "nothing"
                : "rank " + ready.nextClearBit(0) + " to be ready for era " + era;
    }
}
