package cairn.simulator;

import cairn.model.NodeId;
import cairn.model.Observation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Keeps every step of a run as references and numbers, and renders a readable timeline when
 * somebody asks.
 */
public final class Recorder implements Trace {

    private final List<String> roles;
    private long[] times = new long[4096];
    private int[] places = new int[4096];
    private @Nullable Object[] whats = new Object[4096];
    private int size;

    /** A recorder that names nodes by their roles. */
    public Recorder(List<String> roles) {
        this.roles = List.copyOf(roles);
    }

    @Override
    public void on(Observation observation) {
        add(observation.at(), -1, observation);
    }

    @Override
    public void step(long at, Step step, int node, int peer, @Nullable Object what) {
        // Step, node and peer share one number: 8, 12 and 12 bits; a peer of -1 is stored as 0xFFF.
        add(at, step.ordinal() << 24 | (node & 0xFFF) << 12 | (peer & 0xFFF), what);
    }

    private void add(long at, int place, @Nullable Object what) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
            whats = Arrays.copyOf(whats, 2 * size);
        }
        times[size] = at;
        places[size] = place;
        whats[size++] = what;
    }

    /** How many lines were recorded. */
    public int size() {
        return size;
    }

    /** One line of the timeline: virtual time in microseconds, where, and what happened. */
    public String line(int index) {
        return "%14.3f us  %s".formatted(times[index] / 1e3, text(places[index], whats[index]));
    }

    /** The whole timeline. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            lines.add(line(i));
        }
        return lines;
    }

    private String text(int place, @Nullable Object what) {
        if (place == -1 && what instanceof Observation observation) {
            return text(observation);
        }
        Step step = Step.values()[place >>> 24];
        int node = place >>> 12 & 0xFFF;
        int peer = place & 0xFFF;
        String to = peer == 0xFFF ? "" : (step == Step.SENT ? " to " : " from ") + role(peer);
        return "%-10s %s%s%s"
                .formatted(
                        role(node),
                        step.name().toLowerCase(Locale.ROOT),
                        to,
                        what == null ? "" : ": " + what);
    }

    private String text(Observation observation) {
        return switch (observation) {
            case Observation.Booted(long _, NodeId node, int incarnation) ->
                    "%-10s started (incarnation %d)".formatted(role(node), incarnation);
            case Observation.Ended(long _, NodeId node, int _, String reason) ->
                    "%-10s ENDED: %s".formatted(role(node), reason);
            case Observation.Claimed(long _, NodeId node, int _, var fact, long digest) ->
                    "%-10s claims %s%s"
                            .formatted(
                                    role(node),
                                    fact,
                                    digest == 0 ? "" : " memory " + Long.toHexString(digest));
            case Observation.Invoked(long _, long _, var request) ->
                    "%-10s wants %s".formatted(role(request.client()), request);
            case Observation.Answered(long _, var response) ->
                    "%-10s learns %s".formatted(role(response.client()), response);
            case Observation.Released(long _, NodeId node, int _, var response) ->
                    "%-10s releases %s".formatted(role(node), response);
            case Observation.Accessed(long _, var access) ->
                    "%-10s memory: %s by %s of [%d, +%d) %s"
                            .formatted(
                                    role(access.target()),
                                    access.operation(),
                                    role(access.requester()),
                                    access.address(),
                                    access.length(),
                                    access.status());
            case Observation.Struck(long _, var fault) -> "FAULT      " + fault;
            case Observation.Healed(long _, var fault) -> "HEALED     " + fault;
        };
    }

    private String role(NodeId node) {
        return role(node.index());
    }

    private String role(int node) {
        return node < roles.size() ? roles.get(node) : "n" + node;
    }
}
