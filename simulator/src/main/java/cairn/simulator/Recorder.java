package cairn.simulator;

import cairn.model.NodeId;
import cairn.model.Observation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps every step of a run as references and numbers, and renders a readable timeline when
 * somebody asks.
 */
public final class Recorder implements Trace {

    /** How {@link NodeId} writes itself. */
    private static final Pattern NODE = Pattern.compile("\\bn(\\d+)\\b");

    private final List<String> roles;
    private long[] times = new long[4096];
    private @Nullable Step[] steps = new Step[4096];
    private int[] nodes = new int[4096];
    private int[] peers = new int[4096];
    private @Nullable Object[] whats = new Object[4096];
    private int size;

    /** A recorder that names nodes by their roles. */
    public Recorder(List<String> roles) {
        this.roles = List.copyOf(roles);
    }

    @Override
    public void on(Observation observation) {
        add(observation.at(), null, -1, -1, observation);
    }

    @Override
    public void step(long at, Step step, int node, int peer, @Nullable Object what) {
        add(at, step, node, peer, what);
    }

    private void add(long at, @Nullable Step step, int node, int peer, @Nullable Object what) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            steps = Arrays.copyOf(steps, 2 * size);
            nodes = Arrays.copyOf(nodes, 2 * size);
            peers = Arrays.copyOf(peers, 2 * size);
            whats = Arrays.copyOf(whats, 2 * size);
        }
        times[size] = at;
        steps[size] = step;
        nodes[size] = node;
        peers[size] = peer;
        whats[size++] = what;
    }

    /** How many lines were recorded. */
    public int size() {
        return size;
    }

    /** When it happened, in virtual nanoseconds. */
    public long time(int index) {
        return times[index];
    }

    /** Which step it was; {@code null} for an observation. */
    public @Nullable Step step(int index) {
        return steps[index];
    }

    /** The machine of a step; of an observation, -1. */
    public int node(int index) {
        return nodes[index];
    }

    /** The other machine of a message; otherwise -1. */
    public int peer(int index) {
        return peers[index];
    }

    /** The observation, message, work request, completion or token. */
    public @Nullable Object what(int index) {
        return whats[index];
    }

    /** One line of the timeline: virtual time in microseconds, where, and what happened. */
    public String line(int index) {
        return format("%14.3f us  %s", times[index] / 1e3, text(index));
    }

    /** The whole timeline. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            lines.add(line(i));
        }
        return lines;
    }

    /** Where and what happened, in words; machines by their roles. */
    public String text(int index) {
        return NODE.matcher(words(index)).replaceAll(node -> role(Integer.parseInt(node.group(1))));
    }

    private String words(int index) {
        Object what = whats[index];
        Step step = steps[index];
        if (step == null) {
            return what instanceof Observation observation ? text(observation) : "";
        }
        String direction = step == Step.SENT ? " to " : " from ";
        return format(
                "%-10s %s%s%s",
                role(nodes[index]),
                step.name().toLowerCase(Locale.ROOT),
                peers[index] < 0 ? "" : direction + role(peers[index]),
                what == null ? "" : ": " + what);
    }

    private String text(Observation observation) {
        return switch (observation) {
            case Observation.Booted(long _, NodeId node, int incarnation) ->
                    format("%-10s started (incarnation %d)", role(node), incarnation);
            case Observation.Ended(long _, NodeId node, int _, String reason) ->
                    format("%-10s ENDED: %s", role(node), reason);
            case Observation.Claimed(long _, NodeId node, int _, var fact, long digest, var _) ->
                    format(
                            "%-10s claims %s%s",
                            role(node),
                            fact,
                            digest == 0 ? "" : " memory " + Long.toHexString(digest));
            case Observation.Invoked(long _, long _, var request) ->
                    format("%-10s wants %s", role(request.client()), request);
            case Observation.Answered(long _, var response) ->
                    format("%-10s learns %s", role(response.client()), response);
            case Observation.Released(long _, NodeId node, int _, var response) ->
                    format("%-10s releases %s", role(node), response);
            case Observation.Accessed(long _, var access) ->
                    format(
                            "%-10s memory: %s by %s of [%d, +%d) %s",
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

    @SuppressWarnings("AnnotateFormatMethod")
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private String role(NodeId node) {
        return role(node.index());
    }

    private String role(int node) {
        return node < roles.size() ? roles.get(node) : "n" + node;
    }
}
