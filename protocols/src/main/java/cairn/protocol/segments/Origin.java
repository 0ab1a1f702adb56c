package cairn.protocol.segments;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Heartbeats;
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

    private final SegmentsSettings settings;
    private final Topology topology;
    private final Rules rules;
    private final NodeId self;
    private final long term;
    private final NavigableMap<NodeId, Holds> answers = new TreeMap<>();
    private final Confirmations confirmations = new Confirmations();
    private final NavigableMap<NodeId, Long> sent = new TreeMap<>();
    private final Patience patience = new Patience();
    private final Set<NodeId> heard = new TreeSet<>();
    private final Heartbeats heartbeats;
    private Registration registration;
    private NavigableSet<NodeId> target = new TreeSet<>();
    private @Nullable Copy current;
    private boolean safe;
    private boolean changing;
    private long first;

    Origin(
            SegmentsSettings settings,
            Topology topology,
            Rules rules,
            NodeId self,
            Registration registration) {
        this.settings = settings;
        this.topology = topology;
        this.rules = rules;
        this.self = self;
        this.term = registration.term();
        this.registration = registration;
        heartbeats = new Heartbeats(settings.heartbeatNanos(), settings.leaveAfterNanos());
        for (NodeId place : places()) {
            heartbeats.watch(place);
        }
        for (Member member : registration.members()) {
            target.add(member.place());
        }
        target = choose();
    }

    private List<NodeId> places() {
        List<NodeId> places = new ArrayList<>(topology.services());
        places.addAll(topology.globals());
        return places;
    }

    private NavigableSet<NodeId> choose() {
        Set<NodeId> silent = new TreeSet<>();
        for (NodeId place : places()) {
            if (heartbeats.isSuspected(place)) {
                silent.add(place);
            }
        }
        return rules.place(new Placement(topology, settings.replicas(), self, target, silent));
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
        for (NodeId place : target) {
            bring(place, out);
        }
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
        if (!topology.isGlobal(place) || anyReplicaHolds()) {
            sent.put(place, copy.version());
        }
        if (topology.isGlobal(place)) {
            forward(copy, out);
            return;
        }
        Copy changed = isOfThisLine(answer.version()) ? copy.since(answer.version()) : copy;
        boolean whole = changed.segments().size() == copy.segments().size();
        out.send(place, new Replicate(self, changed, whole ? copy.version() : answer.version()));
    }

    /** Whether a version is an earlier one of this term, or the one that this term began with. */
    private boolean isOfThisLine(long version) {
        return version > 0 && (version == first || version > term * Segments.VERSIONS_PER_TERM);
    }

    /** CS-7: a replica that holds the version puts it in the global storage. */
    private void forward(Copy copy, Outbox<SegmentsMessage> out) {
        for (NodeId place : target) {
            if (isReplicaWithCopy(place)) {
                out.send(place, new Forward(term, copy.version()));
                return;
            }
        }
    }

    private boolean anyReplicaHolds() {
        return target.stream().anyMatch(this::isReplicaWithCopy);
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
        if (patience.tick()) {
            sent.clear();
        }
        for (NodeId place : target) {
            bring(place, out);
        }
        for (NodeId place : places()) {
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
            for (NodeId global : topology.globals()) {
                if (target.contains(global)) {
                    bring(global, out);
                }
            }
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
        if (!rules.isEnough(replicas, settings)) {
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
    boolean registered(Registration decided, String name, Outbox<SegmentsMessage> out) {
        changing = false;
        if (decided.term() != term) {
            return false;
        }
        registration = decided;
        out.claim(
                new Fact.Pledged(
                        name,
                        settings.replicas(),
                        Segments.RESTORED_AFTER * settings.leaveAfterNanos(),
                        term));
        return true;
    }

    /** CS-13: asks every member whether it obeys a later term by now. */
    void confirm(long number, Outbox<SegmentsMessage> out) {
        if (confirmations.ask(number)) {
            for (NodeId place : target) {
                out.send(place, new Probe(term, number));
            }
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
