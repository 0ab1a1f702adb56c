package cairn.protocol.remus;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Sessions;
import cairn.part.Batches;
import cairn.part.DirtyPages;
import cairn.part.Image;
import cairn.part.RetransmissionTimer;
import cairn.part.StateMachine;
import cairn.part.TimeAccount;
import cairn.protocol.remus.RemusMessage.Checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * The machine that runs the application: executes ahead, cuts an epoch now and then, sends the
 * pages that changed, and lets the epoch's outputs go when the backup has it. One epoch is on its
 * way at a time. With each new backup a new term begins, and the first epoch of a term is whole and
 * has the first of the term's own numbers.
 */
final class Primary {

    private final Rules rules;
    private final CpuCosts costs;
    private final NodeId peer;
    private final DirtyPages dirty;
    private final StateMachine service;
    private final Batches batches;
    private long term;
    private long epoch;
    private long acknowledged;
    private boolean whole = true;
    private @Nullable Checkpoint onItsWay;
    private long epochAtLastHeartbeat;
    private RetransmissionTimer timer = new RetransmissionTimer();
    private PagedMemory.Snapshot cut;

    /** Runs on from what is in memory: an epoch, or the initial state. */
    Primary(
            Rules rules,
            CpuCosts costs,
            Sessions sessions,
            NodeId peer,
            long term,
            long epoch,
            Outbox<RemusMessage> out) {
        this.rules = rules;
        this.costs = costs;
        this.peer = peer;
        this.term = term;
        this.epoch = epoch;
        cut = out.memory().snapshot();
        dirty = new DirtyPages(out.memory(), costs);
        service = new StateMachine(sessions, dirty);
        batches = new Batches(service, Integer.MAX_VALUE);
        out.claim(new Fact.Leading(term));
        out.claim(new Fact.Doing(Activity.USEFUL));
    }

    long term() {
        return term;
    }

    /** The memory at the newest cut; before the first one, where it began. */
    PagedMemory.Snapshot cut() {
        return cut;
    }

    long epoch() {
        return epoch;
    }

    void asked(Request request, boolean alone, Outbox<RemusMessage> out) {
        Response response = service.execute(request, out);
        if (response != null && rules.mayReleaseAtOnce(alone)) {
            out.answer(response);
        } else {
            batches.add(response);
        }
    }

    /** A backup without state: a new term begins, which it holds from the first epoch on. */
    void beginTerm(long newTerm, Outbox<RemusMessage> out) {
        term = newTerm;
        whole = true;
        if (onItsWay != null) {
            batches.reopen();
            onItsWay = null;
        }
        timer = new RetransmissionTimer();
        out.claim(new Fact.Leading(term));
        endEpoch(out);
    }

    /**
     * The epoch's time is over: what changed in it goes to the backup, unless one is on its way.
     */
    void endEpoch(Outbox<RemusMessage> out) {
        if (onItsWay != null || (!whole && dirty.pages().isEmpty() && batches.isEmpty())) {
            return;
        }
        Epoch base = new Epoch(epoch);
        epoch = rules.numberBefore(term, epoch) + 1;
        Epoch now = new Epoch(epoch);
        out.claim(new Fact.Cut(now));
        PagedMemory.Snapshot memory = out.memory().snapshot();
        Image image =
                whole
                        ? Image.full(term, now, memory)
                        : Image.delta(term, now, base, memory, dirty.pages(), new byte[0]);
        dirty.cut();
        cut = memory;
        long protecting = costs.protectPageNanos() * out.memory().pageCount();
        long nanos = costs.memcpyNanos(image.size()) + protecting;
        TimeAccount.pause(Activity.CHECKPOINT_PAUSE, nanos, out);
        batches.close(epoch);
        var checkpoint = new Checkpoint(term, acknowledged, image);
        onItsWay = checkpoint;
        timer.sent(epoch);
        out.send(peer, checkpoint);
    }

    /**
     * At each heartbeat: sends again what may have been lost on the way, when it is time. An epoch
     * can be longer on its way than heartbeats are apart.
     */
    void repeat(Outbox<RemusMessage> out) {
        boolean isAwaited = onItsWay != null && epoch == epochAtLastHeartbeat;
        epochAtLastHeartbeat = epoch;
        if (timer.tick(isAwaited) && onItsWay != null) {
            out.send(peer, onItsWay);
        }
    }

    /** The newest epoch that is safe. */
    long acknowledged() {
        return acknowledged;
    }

    void acknowledged(long ofTerm, long ofEpoch, Outbox<RemusMessage> out) {
        if (ofTerm != term || ofEpoch != epoch || onItsWay == null) {
            return;
        }
        acknowledged = epoch;
        onItsWay = null;
        timer.acknowledged(epoch);
        whole = false;
        out.claim(new Fact.Acknowledged(new Epoch(epoch)));
        batches.release(epoch, out);
    }

    /** UNSAFE: there is no backup in step, and nothing waits for one. */
    void runAlone(Outbox<RemusMessage> out) {
        batches.close(epoch);
        batches.release(epoch, out);
    }

    String waitsFor() {
        return onItsWay == null
                ? "requests, in term " + term
                : "the backup's acknowledgement of e" + epoch + " in term " + term;
    }
}
