package cairn.protocol.remus;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.model.service.Request;
import cairn.model.service.Sessions;
import cairn.model.verbs.Access;
import cairn.part.Heartbeats;
import cairn.part.Image;
import cairn.part.StateMachine;
import cairn.protocol.remus.RemusMessage.Acknowledgement;
import cairn.protocol.remus.RemusMessage.Checkpoint;
import cairn.protocol.remus.RemusMessage.Hello;
import cairn.protocol.remus.RemusMessage.Role;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * One of the two machines. Terms of the first are odd, of the second even; who hears of a primary
 * with a higher term steps down, and keeps its newest epoch until it has one of the other's.
 *
 * <p>Two primaries at a time are harmless: outputs need the other machine's acknowledgement, and it
 * does not give it to a lower term.
 */
final class Server implements Node<RemusMessage> {

    private static final long HEARTBEAT = 1;
    private static final long EPOCH = 2;
    private static final String RESOURCE = "epochs";

    private final RemusSettings settings;
    private final CpuCosts costs;
    private final Rules rules;
    private final Sessions sessions;
    private final Heartbeats heartbeats;
    private final NavigableSet<Long> sealed = new TreeSet<>();
    private NodeId self = Remus.SERVERS.getFirst();
    private NodeId peer = Remus.SERVERS.getLast();
    private int incarnation;
    private int peerIncarnation = -1;
    private int backupIncarnation = -1;
    private Role role = Role.EMPTY;
    // Of the state that it has, and the highest that it has heard of.
    private long term;
    private long epoch;
    private long highest;
    private @Nullable Primary primary;

    Server(RemusSettings settings, Sessions sessions, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.costs = costs;
        this.rules = rules;
        this.sessions = sessions;
        heartbeats = new Heartbeats(settings.heartbeatNanos(), settings.suspectAfterNanos());
    }

    @Override
    public void boot(Boot boot, Outbox<RemusMessage> out) {
        self = boot.self();
        peer = Remus.SERVERS.get(1 - self.index());
        incarnation = boot.incarnation();
        heartbeats.watch(peer);
        out.claim(new Fact.Doing(Activity.RESTART));
        hello(out);
        out.arm(HEARTBEAT, settings.heartbeatNanos());
        out.arm(EPOCH, settings.epochNanos());
    }

    private void hello(Outbox<RemusMessage> out) {
        out.send(peer, new Hello(incarnation, peerIncarnation, role, term));
    }

    @Override
    public void on(Event<RemusMessage> event, Outbox<RemusMessage> out) {
        switch (event) {
            case Event.Asked(Request request) -> {
                out.spend(costs.messageNanos());
                asked(request, out);
            }
            case Event.Delivered(NodeId _, RemusMessage message) -> {
                out.spend(costs.messageNanos());
                switch (message) {
                    case Hello hello -> heard(hello, out);
                    case Checkpoint checkpoint -> follow(checkpoint, out);
                    case Acknowledgement(long of, long which) -> {
                        if (primary != null) {
                            primary.acknowledged(of, which, out);
                            discardBefore(primary.acknowledged(), out);
                        }
                    }
                }
            }
            case Event.Fired(long timer) -> {
                if (timer == HEARTBEAT) {
                    beat(out);
                    out.arm(HEARTBEAT, settings.heartbeatNanos());
                } else {
                    if (primary != null) {
                        primary.endEpoch(out);
                    }
                    out.arm(EPOCH, settings.epochNanos());
                }
            }
            case Event.Answered<?> _, Event.Computed<?> _, Event.OfNic<?> _, Event.OfDisk<?> _ ->
                    throw new IllegalStateException("not for a server: " + event);
        }
    }

    private boolean isAlone() {
        return settings.withoutBackup() == WithoutBackup.RUN_ALONE && heartbeats.isSuspected(peer);
    }

    private void asked(Request request, Outbox<RemusMessage> out) {
        if (primary == null) {
            out.answer(StateMachine.refusal(request));
        } else {
            primary.asked(request, isAlone(), out);
        }
    }

    private void beat(Outbox<RemusMessage> out) {
        heartbeats.tick(() -> out.detectionNanos(settings.suspectAfterNanos()));
        hello(out);
        if (primary != null) {
            primary.repeat(out);
            if (isAlone()) {
                primary.runAlone(out);
            }
        } else if (role == Role.BACKUP && heartbeats.isSuspected(peer)) {
            takeOver(out);
        }
    }

    // ---- who is primary

    private void heard(Hello hello, Outbox<RemusMessage> out) {
        if (hello.incarnation() < peerIncarnation) {
            return;
        }
        peerIncarnation = hello.incarnation();
        highest = Math.max(highest, hello.term());
        if (hello.role() == Role.PRIMARY && hello.term() > term) {
            stepDown(out);
        }
        if (primary != null || hello.role() == Role.PRIMARY) {
            // A backup waits for a primary; one that lost its state is none.
            heartbeats.heard(peer);
        }
        // Only an answer to what this very process said tells what the other is now.
        boolean isNothing = hello.role() == Role.EMPTY && hello.echo() == incarnation;
        if (isNothing && role == Role.EMPTY && self.equals(Remus.SERVERS.getFirst())) {
            begin(out);
        } else if (isNothing && primary != null && peerIncarnation > backupIncarnation) {
            backupIncarnation = peerIncarnation;
            highest = Math.max(highest, term) + 1;
            lead(nextTerm());
            primary.beginTerm(term, out);
        }
    }

    /** The next term of this machine. */
    private long nextTerm() {
        boolean isOdd = highest % 2 == 1;
        return isOdd == self.equals(Remus.SERVERS.getFirst()) ? highest : highest + 1;
    }

    private void lead(long newTerm) {
        term = newTerm;
        highest = Math.max(highest, newTerm);
    }

    private void begin(Outbox<RemusMessage> out) {
        sessions.initialise(out.memory());
        out.claim(new Fact.Resumed(Epoch.ZERO));
        highest++;
        lead(nextTerm());
        // The first epoch of the first term meets a backup that is empty as well.
        backupIncarnation = peerIncarnation;
        run(out);
    }

    private void takeOver(Outbox<RemusMessage> out) {
        highest = Math.max(highest, term) + 1;
        lead(nextTerm());
        grant(self, out);
        if (rules.saysFromWhat()) {
            out.claim(new Fact.Resumed(new Epoch(epoch)));
        }
        backupIncarnation = peerIncarnation;
        run(out);
    }

    private void run(Outbox<RemusMessage> out) {
        role = Role.PRIMARY;
        primary = new Primary(rules, costs, sessions, peer, term, epoch, out);
        hello(out);
    }

    private void grant(NodeId holder, Outbox<RemusMessage> out) {
        out.claim(new Fact.Granted(self, RESOURCE, holder, EnumSet.of(Access.REMOTE_WRITE), term));
    }

    /** Another primary has a higher term: what was not in an epoch never had effect. */
    private void stepDown(Outbox<RemusMessage> out) {
        Primary former = primary;
        if (former == null) {
            return;
        }
        primary = null;
        out.claim(new Fact.SteppedDown(term));
        out.claim(new Fact.Reached("an epoch without effect is taken back"));
        PagedMemory.Snapshot cut = former.cut();
        byte[] page = new byte[PAGE_BYTES];
        for (int i = 0; i < cut.pageCount(); i++) {
            cut.copyPage(i, page, 0);
            out.memory().restorePage(i, page);
            out.memory().unprotect(i);
        }
        epoch = former.epoch();
        role = Role.BACKUP;
        heartbeats.watch(peer);
    }

    // ---- backup

    private void follow(Checkpoint checkpoint, Outbox<RemusMessage> out) {
        if (checkpoint.term() < highest) {
            return;
        }
        highest = Math.max(highest, checkpoint.term());
        if (checkpoint.term() > term) {
            stepDown(out);
        }
        heartbeats.heard(peer);
        Image image = checkpoint.image();
        boolean isNew = checkpoint.term() > term && image.isFull();
        boolean isNext =
                checkpoint.term() == term
                        && role == Role.BACKUP
                        && image.base().number() == epoch
                        && !image.isFull();
        if (isNew || isNext) {
            put(checkpoint, isNew, out);
        }
        if (role == Role.BACKUP && checkpoint.term() == term && image.epoch().number() <= epoch) {
            out.send(peer, new Acknowledgement(term, image.epoch().number()));
        }
    }

    private void put(Checkpoint checkpoint, boolean isNew, Outbox<RemusMessage> out) {
        Image image = checkpoint.image();
        term = checkpoint.term();
        epoch = image.epoch().number();
        role = Role.BACKUP;
        image.restoreInto(out.memory());
        out.spend(costs.memcpyNanos(image.size()));
        if (isNew) {
            grant(peer, out);
        }
        out.claim(new Fact.Sealed(image.epoch(), image.epoch()));
        sealed.add(epoch);
        discardBefore(checkpoint.acknowledged(), out);
    }

    /** What an acknowledged epoch was put on is gone. */
    private void discardBefore(long acknowledged, Outbox<RemusMessage> out) {
        while (!sealed.isEmpty() && sealed.first() < acknowledged) {
            out.claim(new Fact.Discarded(new Epoch(sealed.removeFirst())));
        }
    }

    @Override
    public String waitsFor() {
        Primary running = primary;
        return switch (role) {
            case EMPTY -> "a primary, or another that has nothing";
            case BACKUP -> "a failure of the primary, with e" + epoch + " of term " + term;
            case PRIMARY -> running == null ? "nothing" : running.waitsFor();
        };
    }
}
