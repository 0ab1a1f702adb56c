package cairn.protocol.segments;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Heartbeats;
import cairn.part.Patience;
import cairn.protocol.segments.SegmentsMessage.Forward;
import cairn.protocol.segments.SegmentsMessage.Holds;
import cairn.protocol.segments.SegmentsMessage.Probe;
import cairn.protocol.segments.SegmentsMessage.Replicate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The service of the node whose application has the name: brings each version to those who are to
 * hold it, and keeps their number up (CS-3, CS-4, CS-12).
 *
 * <p>A version is safe when all who are to hold it do so under this term, and the registration
 * names exactly them. So whoever takes the name next finds it with any member that answers. A place
 * becomes a member only when it holds the version that is safe.
 */
final class Origin {

    private final Setup setup;
    private final Topology topology;
    private final NodeId self;
    private final long term;
    private final NavigableMap<NodeId, Holds> answers = new TreeMap<>();
    private final Confirmations confirmations = new Confirmations();
    private final NavigableMap<NodeId, Long> sent = new TreeMap<>();
    private final Patience patience = new Patience(2, 256);
    private final Set<NodeId> heard = new TreeSet<>();
    private final Heartbeats heartbeats;
    private Registration registration;
    private NavigableSet<NodeId> target = new TreeSet<>();
    private @Nullable Copy current;
    private boolean safe;
    private boolean changing;
    private long first;

    Origin(Setup setup, NodeId self, Registration registration) {
        this.setup = setup;
        this.topology = setup.topology();
        this.self = self;
        this.term = registration.term();
        this.registration = registration;
        heartbeats =
                new Heartbeats(
                        setup.settings().heartbeatNanos(), setup.settings().leaveAfterNanos());
        topology.holders().forEach(heartbeats::watch);
        registration.members().forEach(member -> target.add(member.place()));
        target = choose();
    }

    private NavigableSet<NodeId> choose() {
        Set<NodeId> silent = new TreeSet<>(topology.holders());
        silent.removeIf(place -> !heartbeats.isSuspected(place));
        int replicas = setup.settings().replicas();
        return setup.rules().place(new Placement(topology, replicas, self, target, silent));
    }

    long term() {
        return term;
    }

    Registration registration() {
        return registration;
    }

    /** What is being replicated, or was last; null if that is not known yet. */
    @Nullable Copy current() {
        return current;
    }

    boolean isSafe() {
        return safe;
    }

    /** Begins to replicate a version. */
    void replicate(Copy copy, Outbox<SegmentsMessage> out) {
        if (current == null) {
            first = copy.version();
        }
        current = copy;
        safe = false;
        patience.begin();
        target.forEach(place -> bring(place, out));
    }

    /** Sends the version, once for now, to a place that is known to lack it. */
    private void bring(NodeId place, Outbox<SegmentsMessage> out) {
        Copy copy = current;
        Holds answer = answers.get(place);
        if (copy == null
                || answer == null
                || answer.arriving() == copy.version()
                || sent.getOrDefault(place, -1L) == copy.version()) {
            return;
        }
        if (topology.isGlobal(place)) {
            forward(place, copy, out);
            return;
        }
        sent.put(place, copy.version());
        Copy changed = isOfThisLine(answer.version()) ? copy.since(answer.version()) : copy;
        boolean whole = changed.segments().size() == copy.segments().size();
        out.send(place, new Replicate(self, changed, whole ? copy.version() : answer.version()));
    }

    /** Whether a version is an earlier one of this term, or the one that this term began with. */
    private boolean isOfThisLine(long version) {
        return version > 0 && (version == first || version > term * Segments.VERSIONS_PER_TERM);
    }

    /** CS-7: a replica that holds the version puts it in the global storage. */
    private void forward(NodeId global, Copy copy, Outbox<SegmentsMessage> out) {
        for (NodeId place : target) {
            if (isReplicaWithCopy(place)) {
                sent.put(global, copy.version());
                out.send(place, new Forward(term, copy.version()));
                return;
            }
        }
    }

    private boolean isReplicaWithCopy(NodeId place) {
        return !topology.isGlobal(place) && !place.equals(self) && holds(place);
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
    void tick(Outbox<SegmentsMessage> out) {
        heartbeats.tick();
        if (!changing) {
            target = choose();
        }
        if (patience.isOver()) {
            sent.clear();
        }
        target.forEach(place -> bring(place, out));
        for (NodeId place : topology.holders()) {
            if (!heard.contains(place) || confirmations.isMissing(place)) {
                out.send(place, new Probe(term, confirmations.asked()));
            }
        }
        heard.clear();
    }

    /** Takes an answer; false if it shows that another term began. */
    boolean holds(NodeId from, Holds answer, Outbox<SegmentsMessage> out) {
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
            topology.globals().stream()
                    .filter(target::contains)
                    .forEach(global -> bring(global, out));
        }
        return true;
    }

    /**
     * Who the registration is to name: null if it names them already, or if not all of them hold
     * the version yet. If all is well the version is safe from now on.
     */
    @Nullable List<Member> membersToRegister() {
        if (changing || current == null) {
            return null;
        }
        int replicas = 0;
        List<Member> members = new ArrayList<>();
        for (NodeId place : target) {
            Holds answer = answers.get(place);
            if (answer == null || !holds(place)) {
                return null;
            }
            members.add(new Member(place, answer.identity()));
            replicas += place.equals(self) || topology.isGlobal(place) ? 0 : 1;
        }
        if (!setup.rules().isEnough(replicas, setup.settings())) {
            return null;
        }
        if (registration.members().equals(members)) {
            safe = true;
            return null;
        }
        changing = true;
        return members;
    }

    /** The registration was read again, or changed; false if it is another's by now. */
    boolean registered(Registration decided, Outbox<SegmentsMessage> out) {
        changing = false;
        if (decided.term() != term) {
            return false;
        }
        registration = decided;
        SegmentsSettings settings = setup.settings();
        long within = Segments.RESTORED_AFTER * settings.leaveAfterNanos();
        out.claim(new Fact.Pledged(setup.name(), settings.replicas(), within, term));
        return true;
    }

    /** CS-13: asks every member whether it obeys a later term by now. */
    void confirm(long number, Outbox<SegmentsMessage> out) {
        if (confirmations.ask(number)) {
            target.forEach(place -> out.send(place, new Probe(term, number)));
        }
    }

    /**
     * Up to which number it is certain that this application had the name: those have to confirm
     * that the registration names, and those that it may be naming already. A disk that was
     * replaced has no say any more.
     */
    long confirmed() {
        if (registration.members().isEmpty()) {
            return 0;
        }
        Set<NodeId> places = new TreeSet<>(target);
        for (Member member : registration.members()) {
            Holds answer = answers.get(member.place());
            if (answer == null || answer.identity() == member.identity()) {
                places.add(member.place());
            }
        }
        return confirmations.by(places);
    }

    String waitsFor() {
        List<NodeId> missing = new ArrayList<>(target);
        missing.removeIf(this::holds);
        return changing
                ? "the registration of its members"
                : "version " + (current == null ? "?" : current.version()) + " at " + missing;
    }
}
