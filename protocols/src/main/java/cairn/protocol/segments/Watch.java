package cairn.protocol.segments;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Heartbeats;

import org.jspecify.annotations.Nullable;

/**
 * Suspects the application's primary when nothing is heard of it: who could take its place sooner
 * does so first.
 */
final class Watch {

    private static final NodeId PRIMARY = new NodeId(0);

    private final SegmentsSettings settings;
    private final int patience;
    private final Heartbeats heartbeats;
    private long term;

    /** A watch that is so many half times as patient again as the most impatient one. */
    Watch(SegmentsSettings settings, int patience) {
        this.settings = settings;
        this.patience = patience;
        heartbeats =
                new Heartbeats(settings.heartbeatNanos(), patient(settings.suspectAfterNanos()));
        heartbeats.watch(PRIMARY);
    }

    private long patient(long nanos) {
        return nanos * (2 + patience) / 2;
    }

    /** The watch of a place; null where it is for others to suspect the primary. */
    static @Nullable Watch of(SegmentsSettings settings, Requester watching, int patience) {
        return settings.loadedBy() == watching ? new Watch(settings, patience) : null;
    }

    /** The newest term that was heard of. */
    long term() {
        return term;
    }

    /** There is, or was, a primary under a term. */
    void heard(long ofTerm) {
        if (ofTerm >= term) {
            term = ofTerm;
            heartbeats.heard(PRIMARY);
        }
    }

    /** A tick has passed; true if the silence has lasted too long: then it begins anew. */
    boolean tick(Outbox<?> out) {
        heartbeats.tick(() -> patient(out.detectionNanos(settings.suspectAfterNanos())));
        boolean suspected = heartbeats.isSuspected(PRIMARY);
        if (suspected) {
            heartbeats.heard(PRIMARY);
        }
        return suspected;
    }
}
