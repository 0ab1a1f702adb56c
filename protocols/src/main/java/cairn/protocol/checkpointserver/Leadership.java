package cairn.protocol.checkpointserver;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.part.Batches;
import cairn.part.Image;
import cairn.part.StateMachine;
import cairn.part.view.View;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Held;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Replicate;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Store;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the primary does while it is one: executes requests, and answers those of a batch when the
 * server has stored a checkpoint with them - or has confirmed, if nothing changed, that nobody else
 * leads - and, with hot backups, when these have it too. One batch is under way at a time.
 */
final class Leadership {

    private final CheckpointServerSettings settings;
    private final CpuCosts costs;
    private final NodeId server;
    private final long term;
    private final StateMachine service;
    private final Batches batches;
    private final NavigableMap<NodeId, Long> held = new TreeMap<>();
    private List<NodeId> backups;
    private long changesAtCut;
    private long epoch;
    private long round;
    // The question that the server has not answered yet, and the checkpoint that belongs to it.
    private @Nullable Store asked;
    private @Nullable Checkpoint cut;
    // What backups are to have.
    private @Nullable Checkpoint newest;

    /**
     * Begins to lead from what is in memory.
     *
     * @param restored the checkpoint that this is; null for the initial state
     */
    Leadership(
            CheckpointServerSettings settings,
            CpuCosts costs,
            NodeId server,
            StateMachine service,
            View view,
            @Nullable Checkpoint restored,
            Outbox<CheckpointServerMessage> out) {
        this.settings = settings;
        this.costs = costs;
        this.server = server;
        this.service = service;
        batches = new Batches(service, settings.batchRequests());
        term = view.term();
        backups = view.backups();
        newest = restored;
        Epoch from = restored == null ? Epoch.ZERO : restored.epoch();
        epoch = from.number();
        out.claim(new Fact.Resumed(from));
        if (restored != null) {
            // Its maker may have died before it could say so.
            out.claim(new Fact.Acknowledged(from));
        }
        out.claim(new Fact.Leading(term));
        boolean holdCopies = settings.style() != Style.COLD;
        out.claim(
                new Fact.Pledged(
                        CheckpointStore.STATE,
                        holdCopies ? settings.degree() + 1 : 1,
                        settings.restoredWithinNanos(),
                        term));
        out.claim(new Fact.Doing(Activity.USEFUL));
        replicate(out);
    }

    void asked(Request request, Outbox<CheckpointServerMessage> out) {
        batches.ask(request);
        goOn(out);
    }

    private void goOn(Outbox<CheckpointServerMessage> out) {
        batches.gather(out);
        if (asked != null || cut != null || batches.isEmpty()) {
            return;
        }
        round++;
        batches.close(round);
        if (service.changes() > changesAtCut) {
            cut = cut(out);
            if (settings.style() == Style.HOT) {
                newest = cut;
                replicate(out);
            }
        }
        asked = new Store(term, round, cut);
        out.send(server, asked);
    }

    private Checkpoint cut(Outbox<CheckpointServerMessage> out) {
        epoch++;
        changesAtCut = service.changes();
        Epoch now = new Epoch(epoch);
        out.claim(new Fact.Cut(now));
        out.claim(new Fact.Doing(Activity.CHECKPOINT_PAUSE));
        Image image = Image.full(term, now, out.memory().snapshot());
        out.spend(costs.memcpyNanos(image.size()) + costs.checksumNanos(image.size()));
        out.claim(new Fact.Doing(Activity.USEFUL));
        return new Checkpoint(term, image);
    }

    /** The server answered. */
    void stored(long ofTerm, long ofRound, Outbox<CheckpointServerMessage> out) {
        if (ofTerm == term && ofRound == round && asked != null) {
            asked = null;
            complete(out);
        }
    }

    /** A backup has a checkpoint. */
    void held(NodeId backup, Held message, Outbox<CheckpointServerMessage> out) {
        Checkpoint wanted = newest;
        if (message.term() == term && wanted != null) {
            boolean isNewest = wanted.is(message.checkpointTerm(), message.epoch());
            held.put(backup, isNewest ? wanted.epoch().number() : 0);
            complete(out);
        }
    }

    /** Other backups are to stand by. */
    void follow(View view, Outbox<CheckpointServerMessage> out) {
        backups = view.backups();
        replicate(out);
        complete(out);
    }

    private boolean haveAllBackups(Checkpoint wanted) {
        return backups.stream()
                .allMatch(backup -> held.getOrDefault(backup, 0L) == wanted.epoch().number());
    }

    private void complete(Outbox<CheckpointServerMessage> out) {
        Checkpoint done = cut;
        if (asked != null
                || (done != null && settings.style() == Style.HOT && !haveAllBackups(done))) {
            return;
        }
        if (done != null) {
            cut = null;
            newest = done;
            out.claim(new Fact.Acknowledged(done.epoch()));
        }
        batches.release(round, out);
        if (done != null) {
            replicate(out);
        }
        goOn(out);
    }

    /** Gives the newest checkpoint to backups that have not said that they hold it. */
    private void replicate(Outbox<CheckpointServerMessage> out) {
        Checkpoint wanted = newest;
        if (wanted == null || settings.style() == Style.COLD) {
            return;
        }
        for (NodeId backup : backups) {
            if (held.getOrDefault(backup, 0L) != wanted.epoch().number()) {
                out.send(backup, new Replicate(term, wanted));
            }
        }
    }

    /** Says again what may have been lost on the way. */
    void repeat(Outbox<CheckpointServerMessage> out) {
        if (asked != null) {
            out.send(server, asked);
        }
        replicate(out);
    }

    String waitsFor() {
        if (asked != null) {
            return "the server's answer " + round + " in term " + term;
        }
        return cut == null ? "requests, in term " + term : "its backups: " + backups;
    }
}
