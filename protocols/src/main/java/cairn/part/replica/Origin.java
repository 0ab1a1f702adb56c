package cairn.part.replica;

import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Heartbeats;
import cairn.part.Patience;
import cairn.part.replica.ReplicaMessage.Forward;
import cairn.part.replica.ReplicaMessage.Holds;
import cairn.part.replica.ReplicaMessage.Probe;
import cairn.part.replica.ReplicaMessage.Replicate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may store versions under a term: brings each to those who are to hold it, and keeps their
 * number up (CS-3, CS-4, CS-12).
 *
 * <p>A version is safe when all who are to hold it do so under this term, and the membership names
 * exactly them. So whoever has the next term finds it with any member that answers. A place becomes
 * a member only when it holds the version that is safe.
 */
public final class Origin<M extends Message> {

    private final Replicas<M> replicas;
    private final Domains domains;
    private final NodeId self;
    private final long term;
    private final NavigableMap<NodeId, Holds> answers = new TreeMap<>();
    private final Confirmations confirmations = new Confirmations();
    private final NavigableMap<NodeId, Long> sent = new TreeMap<>();
    private final Patience patience = new Patience(2, 256);
    private final Set<NodeId> heard = new TreeSet<>();
    private final Heartbeats heartbeats;
    private Membership membership;
    private NavigableSet<NodeId> target = new TreeSet<>();
    private @Nullable Copy current;
    private boolean safe;
    private boolean changing;
    private long first;

    /** Keeps up the copies of a group under a membership, from the place that has them first. */
    public Origin(Replicas<M> replicas, NodeId self, Membership membership) {
        this.replicas = replicas;
        this.domains = replicas.domains();
        this.self = self;
        this.term = membership.term();
        this.membership = membership;
        heartbeats =
                new Heartbeats(
                        replicas.settings().heartbeatNanos(),
                        replicas.settings().leaveAfterNanos());
        domains.holders().forEach(heartbeats::watch);
        membership.members().forEach(member -> target.add(member.place()));
        target = choose();
    }

    private NavigableSet<NodeId> choose() {
        Set<NodeId> silent = new TreeSet<>(domains.holders());
        silent.removeIf(place -> !heartbeats.isSuspected(place));
        int wanted = replicas.settings().replicas();
        return replicas.rules().place(new Placement(domains, wanted, self, target, silent));
    }

    public long term() {
        return term;
    }

    /** What is being replicated, or was last; null if that is not known yet. */
    public @Nullable Copy current() {
        return current;
    }

    public boolean isSafe() {
        return safe;
    }

    /** Begins to replicate a version. */
    public void replicate(Copy copy, Outbox<M> out) {
        if (current == null) {
            first = copy.version();
        }
        current = copy;
        safe = false;
        patience.begin();
        target.forEach(place -> bring(place, out));
    }

    /** Sends the version, once for now, to a place that is known to lack it. */
    private void bring(NodeId place, Outbox<M> out) {
        Copy copy = current;
        Holds answer = answers.get(place);
        if (copy == null
                || answer == null
                || answer.arriving() == copy.version()
                || sent.getOrDefault(place, -1L) == copy.version()) {
            return;
        }
        if (domains.globals().contains(place)) {
            forward(place, copy, out);
            return;
        }
        sent.put(place, copy.version());
        Copy changed = isOfThisLine(answer.version()) ? copy.since(answer.version()) : copy;
        boolean whole = changed.segments().size() == copy.segments().size();
        replicas.send(
                place,
                new Replicate(self, changed, whole ? copy.version() : answer.version()),
                out);
    }

    /** Whether a version is an earlier one of this term, or the one that this term began with. */
    private boolean isOfThisLine(long version) {
        return version > 0 && (version == first || version > term * Replicas.VERSIONS_PER_TERM);
    }

    /** CS-7: a replica that holds the version puts it in the global storage. */
    private void forward(NodeId global, Copy copy, Outbox<M> out) {
        for (NodeId place : target) {
            if (isReplicaWithCopy(place)) {
                sent.put(global, copy.version());
                replicas.send(place, new Forward(term, copy.version()), out);
                return;
            }
        }
    }

    private boolean isReplicaWithCopy(NodeId place) {
        return !domains.globals().contains(place) && !place.equals(self) && holds(place);
    }

    private boolean holds(NodeId place) {
        Copy copy = current;
        Holds answer = answers.get(place);
        return copy != null
                && answer != null
                && answer.term() == term
                && answer.version() == copy.version();
    }

    /** A tick has passed: asks all that were silent, and looks for others if they stay so. */
    public void tick(Outbox<M> out) {
        heartbeats.tick();
        if (!changing) {
            target = choose();
        }
        if (patience.isOver()) {
            sent.clear();
        }
        target.forEach(place -> bring(place, out));
        for (NodeId place : domains.holders()) {
            if (!heard.contains(place) || confirmations.isMissing(place)) {
                replicas.send(place, new Probe(term, confirmations.asked()), out);
            }
        }
        heard.clear();
    }

    /** Takes an answer; false if it shows that another term began. */
    public boolean holds(NodeId from, Holds answer, Outbox<M> out) {
        if (answer.term() > term) {
            return false;
        }
        heartbeats.heard(from);
        heard.add(from);
        answers.put(from, answer);
        if (answer.term() == term) {
            confirmations.confirmed(from, answer.number());
        }
        if (target.contains(from)) {
            bring(from, out);
            domains.globals().stream()
                    .filter(target::contains)
                    .forEach(global -> bring(global, out));
        }
        return true;
    }

    /**
     * Who the membership is to name: null if it names them already, or if not all of them hold the
     * version yet. If all is well the version is safe from now on.
     */
    public @Nullable List<Member> membersToRegister() {
        if (changing || current == null) {
            return null;
        }
        int found = 0;
        List<Member> members = new ArrayList<>();
        for (NodeId place : target) {
            Holds answer = answers.get(place);
            if (answer == null || !holds(place)) {
                return null;
            }
            members.add(new Member(place, answer.identity()));
            found += place.equals(self) || domains.globals().contains(place) ? 0 : 1;
        }
        if (!replicas.rules().isEnough(found, replicas.settings())) {
            return null;
        }
        if (membership.members().equals(members)) {
            safe = true;
            return null;
        }
        changing = true;
        return members;
    }

    /** The membership was read again, or changed; false if it is another's by now. */
    public boolean registered(Membership decided, Outbox<M> out) {
        changing = false;
        if (decided.term() != term) {
            return false;
        }
        membership = decided;
        ReplicaSettings settings = replicas.settings();
        long within = Replicas.RESTORED_AFTER * settings.leaveAfterNanos();
        out.claim(new Fact.Pledged(replicas.name(), settings.replicas(), within, term));
        return true;
    }

    /** CS-13: asks every member whether it obeys a later term by now. */
    public void confirm(long number, Outbox<M> out) {
        if (confirmations.ask(number)) {
            target.forEach(place -> replicas.send(place, new Probe(term, number), out));
        }
    }

    /**
     * Up to which number it is certain that nobody had a later term: those have to confirm that the
     * membership names, and those that it may be naming already. A disk that was replaced has no
     * say any more.
     */
    public long confirmed() {
        if (membership.members().isEmpty()) {
            return 0;
        }
        Set<NodeId> places = new TreeSet<>(target);
        for (Member member : membership.members()) {
            Holds answer = answers.get(member.place());
            if (answer == null || answer.identity() == member.identity()) {
                places.add(member.place());
            }
        }
        return confirmations.by(places);
    }

    public String waitsFor() {
        List<NodeId> missing = new ArrayList<>(target);
        missing.removeIf(this::holds);
        return changing
                ? "the registration of its members"
                : "version " + (current == null ? "?" : current.version()) + " at " + missing;
    }
}
