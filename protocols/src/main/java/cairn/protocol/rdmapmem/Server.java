package cairn.protocol.rdmapmem;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.WorkCompletion;
import cairn.part.StateMachine;
import cairn.part.pmu.Attachment;
import cairn.part.pmu.Link;
import cairn.part.pmu.Pmu;
import cairn.part.pmu.PmuMessage.AccessReply;
import cairn.part.pmu.PmuMessage.Connected;
import cairn.part.pmu.PmuMessage.Denied;
import cairn.part.pmu.PmuMessage.Led;
import cairn.part.pmu.PmuMessage.Reply;
import cairn.part.sets.Restorer;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Alive;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Clear;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Notice;
import cairn.protocol.rdmapmem.RdmaPmemMessage.OfUnits;
import cairn.protocol.rdmapmem.RdmaPmemMessage.SetSealed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A place of the protected service: it stands by, or takes over, or leads. At the first start the
 * first place asks to lead; any other, and whoever starts again, stands by until the primary falls
 * silent.
 *
 * <p>A server that fails at anything while it leads or takes over ends itself and starts again as a
 * standby: what it had not acknowledged, nobody relies on.
 */
final class Server implements Node<RdmaPmemMessage> {

    private static final long BEAT = 1;
    private static final long SUSPECT = 2;
    private static final long UNKNOWN = -1;
    private static final int MOST_WAITING = 4096;

    private final Setup setup;
    private final NodeId self;
    private final List<NodeId> others;
    private final Restorer restorer;
    private final Attachment<RdmaPmemMessage> attachment;
    private final List<Request> waiting = new ArrayList<>();
    private int incarnation;
    private @Nullable Leader leader;
    private Standing standing = Standing.STANDBY;
    private long observedTerm;
    private boolean followAgain;

    private enum Standing {
        STANDBY,
        ASKING_TO_LEAD,
        ATTACHING,
        RESTORING,
        LEADING
    }

    Server(Setup setup, NodeId self) {
        Pmu<RdmaPmemMessage> units = setup.units();
        this.setup = setup;
        this.self = self;
        this.others = new ArrayList<>(units.clients());
        this.others.remove(self);
        this.restorer = new Restorer(setup.store());
        this.attachment = new Attachment<>(units, self, setup.store().layout().queueDepth());
    }

    @Override
    public void boot(Boot boot, Outbox<RdmaPmemMessage> out) {
        incarnation = boot.incarnation();
        attachment.boot(incarnation, out);
        out.arm(BEAT, setup.settings().heartbeatNanos());
        if (incarnation > 0) {
            // An earlier incarnation may have led; under its term nobody may lead again.
            observedTerm = UNKNOWN;
            watch(out);
            attachment.askToLead(observedTerm, out);
        } else if (self.index() == 0) {
            askToLead(out);
        } else {
            watch(out);
        }
    }

    @Override
    public void on(Event<RdmaPmemMessage> event, Outbox<RdmaPmemMessage> out) {
        switch (event) {
            case Event.Asked(Request request) -> asked(request, out);
            case Event.Completed(WorkCompletion completion) -> completed(completion, out);
            case Event.Fired(long timer) when timer == BEAT -> beat(out);
            case Event.Fired<?> _ -> askToLead(out);
            case Event.Delivered(NodeId origin, Notice notice) -> noticed(origin, notice, out);
            case Event.Delivered(NodeId origin, OfUnits(Reply reply)) ->
                    replied(origin, reply, out);
            case Event.Delivered(NodeId origin, OfUnits(Connected connected)) ->
                    attachment.connected(origin, connected, out);
            case Event.Raised(AsynchronousEvent raised, int _) ->
                    giveUp("its adapter failed: " + raised, out);
            case Event.Delivered<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.Persisted<?> _,
                    Event.OfDisk<?> _ ->
                    throw new IllegalStateException("not for a server: " + event);
        }
    }

    private void asked(Request request, Outbox<RdmaPmemMessage> out) {
        out.spend(setup.costs().messageNanos());
        if (leader != null) {
            leader.asked(request, out);
        } else if (standing == Standing.STANDBY || waiting.size() == MOST_WAITING) {
            out.answer(StateMachine.refusal(request));
        } else {
            waiting.add(request);
        }
    }

    // ---- who leads

    /**
     * Stands by, and suspects the primary when it is silent: backups one after the other, and the
     * place of the first primary, which knows nothing after a restart, last.
     */
    private void watch(Outbox<RdmaPmemMessage> out) {
        standing = Standing.STANDBY;
        waiting.forEach(request -> out.answer(StateMachine.refusal(request)));
        waiting.clear();
        int patience = self.index() == 0 ? others.size() + 1 : self.index();
        long suspectAfter = out.detectionNanos(setup.settings().suspectAfterNanos());
        out.arm(SUSPECT, suspectAfter * (1 + patience) / 2);
    }

    private void askToLead(Outbox<RdmaPmemMessage> out) {
        standing = Standing.ASKING_TO_LEAD;
        restorer.stop();
        attachment.close(out);
        attachment.askToLead(observedTerm, out);
    }

    private void beat(Outbox<RdmaPmemMessage> out) {
        out.arm(BEAT, setup.settings().heartbeatNanos());
        switch (standing) {
            case STANDBY -> {
                if (observedTerm == UNKNOWN) {
                    attachment.askToLeadAgain(observedTerm, out);
                }
                askAgain(out);
            }
            case ASKING_TO_LEAD -> attachment.askToLeadAgain(observedTerm, out);
            case ATTACHING -> {
                askAgain(out);
                showLife(out);
            }
            case RESTORING, LEADING -> {
                showLife(out);
                attachment.links().forEach(Link::probe);
            }
        }
    }

    private void askAgain(Outbox<RdmaPmemMessage> out) {
        attachment.askAgain(out);
        readIfAttached();
    }

    private void showLife(Outbox<RdmaPmemMessage> out) {
        tell(new Alive(observedTerm), out);
    }

    private void tell(Notice notice, Outbox<RdmaPmemMessage> out) {
        others.forEach(server -> out.send(server, notice));
    }

    private void noticed(NodeId origin, Notice notice, Outbox<RdmaPmemMessage> out) {
        if (notice.leaderTerm() < observedTerm) {
            return;
        }
        if (notice instanceof Clear clear) {
            if (leader != null && clear.leaderTerm() == observedTerm) {
                leader.clear(clear.readTo(), out);
            }
            return;
        }
        if (standing != Standing.STANDBY && notice.leaderTerm() > observedTerm) {
            standBy(notice.leaderTerm(), origin + " leads under a later term", out);
            return;
        }
        observedTerm = notice.leaderTerm();
        if (standing == Standing.ASKING_TO_LEAD) {
            // The primary lives after all.
            watch(out);
        }
        if (standing != Standing.STANDBY) {
            return;
        }
        watch(out);
        switch (notice) {
            case Alive _ -> {
                if (setup.settings().backup() != BackupMode.COLD) {
                    follow(out);
                }
            }
            case SetSealed _ -> follow(out);
            case Clear _ -> throw new IllegalStateException("only a primary is asked to clear");
        }
    }

    /** Somebody else leads, or led, under a later term. */
    private void standBy(long term, String reason, Outbox<RdmaPmemMessage> out) {
        switch (standing) {
            case STANDBY, ASKING_TO_LEAD, ATTACHING -> {
                observedTerm = term;
                if (standing == Standing.ATTACHING) {
                    out.claim(new Fact.Doing(Activity.DOWN));
                }
                attachment.detach();
                watch(out);
            }
            case RESTORING, LEADING -> giveUp(reason, out);
        }
    }

    private void giveUp(String reason, Outbox<RdmaPmemMessage> out) {
        if (standing == Standing.LEADING) {
            out.claim(new Fact.SteppedDown(observedTerm));
        }
        attachment.close(out);
        leader = null;
        out.halt(reason);
    }

    private void replied(NodeId origin, Reply reply, Outbox<RdmaPmemMessage> out) {
        attachment.replied(origin, reply, out);
        switch (reply) {
            case Led(long term, int leading) -> {
                if (standing == Standing.ASKING_TO_LEAD
                        && term == observedTerm + 1
                        && leading == incarnation) {
                    observedTerm = term;
                    standing = Standing.ATTACHING;
                    out.claim(new Fact.Doing(Activity.RESTART));
                    showLife(out);
                    attachment.begin(term, true, out);
                }
            }
            case Denied(long term, int _) -> {
                if (observedTerm == UNKNOWN && standing == Standing.ASKING_TO_LEAD) {
                    observedTerm = term;
                    attachment.askToLead(term, out);
                } else if (term > observedTerm) {
                    standBy(term, "another server leads under a later term", out);
                }
            }
            case AccessReply _ -> {
                // For the attachment.
            }
        }
        readIfAttached();
    }

    // ---- following and restoring

    /** PMU-16: reads what it has not yet read. */
    private void follow(Outbox<RdmaPmemMessage> out) {
        if (attachment.isDetached()) {
            attachment.begin(observedTerm, false, out);
        } else if (attachment.isAttached()) {
            if (restorer.isIdle()) {
                restorer.start(attachment.links(), true);
            } else {
                followAgain = true;
            }
        }
    }

    private void readIfAttached() {
        if (standing == Standing.ATTACHING && attachment.isAttached()) {
            standing = Standing.RESTORING;
            restorer.start(attachment.links(), false);
        }
    }

    private void completed(WorkCompletion completion, Outbox<RdmaPmemMessage> out) {
        int unit = attachment.linkOf(completion.queuePair());
        if (unit < 0) {
            return;
        }
        if (setup.rules().failed(completion)) {
            failed(unit, completion, out);
            return;
        }
        if (!attachment.links().get(unit).ends(completion)) {
            return;
        }
        if (leader != null) {
            leader.completed(unit, out);
        } else {
            restored(restorer.completed(unit, attachment.links(), out), out);
        }
    }

    /**
     * PMU-9, PMU-17: whatever failed may or may not have been done, and perhaps another leads by
     * now.
     */
    private void failed(int unit, WorkCompletion completion, Outbox<RdmaPmemMessage> out) {
        switch (standing) {
            case STANDBY, ASKING_TO_LEAD, ATTACHING -> {
                restorer.stop();
                if (standing == Standing.STANDBY) {
                    attachment.detach();
                }
            }
            case RESTORING, LEADING ->
                    giveUp(
                            "its request to "
                                    + attachment.links().get(unit).unit()
                                    + " ended with "
                                    + completion.status(),
                            out);
        }
    }

    private void restored(Restorer.Outcome outcome, Outbox<RdmaPmemMessage> out) {
        switch (outcome) {
            case GOING_ON, OVERTAKEN -> {
                // The next notice of the primary makes a follower try again.
            }
            case AT_NEWEST -> {
                if (standing == Standing.RESTORING) {
                    lead(out);
                } else {
                    allowToClear(out);
                    if (followAgain) {
                        followAgain = false;
                        follow(out);
                    }
                }
            }
        }
    }

    /** PMU-15: what this backup has read, it needs no more. */
    private void allowToClear(Outbox<RdmaPmemMessage> out) {
        if (setup.settings().clearWhenRead() && standing == Standing.STANDBY) {
            tell(new Clear(observedTerm, restorer.epoch()), out);
        }
    }

    private void lead(Outbox<RdmaPmemMessage> out) {
        standing = Standing.LEADING;
        leader = new Leader(setup, restorer, attachment.links(), others, observedTerm, out);
        leader.start(waiting, out);
        waiting.clear();
    }

    @Override
    public String waitsFor() {
        return switch (standing) {
            case STANDBY -> "the primary to fall silent";
            case ASKING_TO_LEAD -> "the manager to let it lead";
            case ATTACHING -> attachment.waitsFor();
            case RESTORING -> "what it reads from the units";
            case LEADING -> leader == null ? "its end" : leader.waitsFor();
        };
    }
}
