package cairn.report.trace;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * One run as what is drawn of it: lanes, events on them, arrows between them, spans, and threads
 * that tie together what belongs together, such as a request from its wish to its answer. It is
 * filled in the order of time; times are virtual nanoseconds.
 */
public final class TraceView {

    /** A lane: a machine and a place on it. */
    record Lane(String machine, Place place) {}

    /** A stretch of a lane: what it did then, or what had struck it. */
    record Span(int lane, long from, long to, String what) {}

    /** Events that make one line through the lanes. */
    record Line(String label, List<Integer> events) {}

    private final List<String> machines;
    private final SequencedMap<Lane, Integer> lanes = new LinkedHashMap<>();
    private final SequencedMap<String, Integer> threads = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final IntList arrows = new IntList();
    private final IntList memberships = new IntList();
    private long[] times = new long[4096];
    private int[] laneOf = new int[4096];
    private Kind[] kinds = new Kind[4096];
    private int size;

    /** An empty view of a run of these machines, which lie in this order from top to bottom. */
    public TraceView(List<String> machines) {
        this.machines = List.copyOf(machines);
    }

    /** Adds an event and returns its number, from 0. */
    public int event(long at, String machine, Place place, Kind kind, String text) {
        if (size > 0 && at < times[size - 1]) {
            throw new IllegalArgumentException(
                    "events come in the order of time, but " + at + " after " + times[size - 1]);
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            laneOf = Arrays.copyOf(laneOf, 2 * size);
            kinds = Arrays.copyOf(kinds, 2 * size);
        }
        times[size] = at;
        laneOf[size] = lane(machine, place);
        kinds[size] = kind;
        texts.add(text.replace('\n', ' '));
        return size++;
    }

    private int lane(String machine, Place place) {
        if (!machines.contains(machine)) {
            throw new IllegalArgumentException("no such machine: " + machine);
        }
        return lanes.computeIfAbsent(new Lane(machine, place), _ -> lanes.size());
    }

    /** Draws an arrow from one event to a later one. */
    public void arrow(int from, int to) {
        if (from < 0 || from >= to || to >= size) {
            throw new IllegalArgumentException("no arrow leads from " + from + " to " + to);
        }
        arrows.add(from);
        arrows.add(to);
    }

    /** Says that an event belongs to a thread that a reader can follow. */
    public void follow(int event, String thread) {
        memberships.add(event);
        memberships.add(threads.computeIfAbsent(thread, _ -> threads.size()));
    }

    /** Colours a stretch of a lane. */
    public void span(String machine, Place place, long from, long to, String what) {
        spans.add(new Span(lane(machine, place), from, to, what));
    }

    /** Joins events, such as the checkpoints that a recovery went back to. */
    public void line(String label, List<Integer> events) {
        lines.add(new Line(label, List.copyOf(events)));
    }

    /** How many events there are. */
    public int size() {
        return size;
    }

    long time(int event) {
        return times[event];
    }

    /** The lane of an event, as its number from the top. */
    int row(int event) {
        return rows()[laneOf[event]];
    }

    Kind kind(int event) {
        return kinds[event];
    }

    String text(int event) {
        return texts.get(event);
    }

    List<String> threads() {
        return List.copyOf(threads.keySet());
    }

    List<Span> spans() {
        int[] rows = rows();
        return spans.stream().map(s -> new Span(rows[s.lane], s.from, s.to, s.what)).toList();
    }

    List<Line> lines() {
        return lines;
    }

    /** Pairs of events. */
    int[] arrows() {
        return arrows.toArray();
    }

    /** Pairs of an event and a thread. */
    int[] memberships() {
        return memberships.toArray();
    }

    /** From top to bottom: by machine, and on one its process first. */
    List<Lane> lanes() {
        return lanes.keySet().stream()
                .sorted(
                        Comparator.comparingInt((Lane lane) -> machines.indexOf(lane.machine))
                                .thenComparing(Lane::place))
                .toList();
    }

    private int @Nullable [] cachedRows;

    /** Where each lane lies, by the number under which it was first used. */
    private int[] rows() {
        int[] rows = cachedRows;
        if (rows == null || rows.length != lanes.size()) {
            List<Lane> sorted = lanes();
            rows = lanes.keySet().stream().mapToInt(sorted::indexOf).toArray();
            cachedRows = rows;
        }
        return rows;
    }

    /** Whole numbers without boxes, of which a long run has hundreds of thousands. */
    private static final class IntList {
        private int[] values = new int[1024];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
