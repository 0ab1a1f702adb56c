package cairn.verification;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.service.Response;
import cairn.model.verbs.MemoryKind;
import cairn.simulator.Trace.Step;
import cairn.simulator.disk.DiskLoss;
import cairn.verification.Chronicle.Entry;
import cairn.verification.Chronicle.Seen;
import cairn.verification.Chronicle.Stepped;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A story as a space-time diagram: time runs down, a row for each entry of the excerpt with its
 * text beside it; a lane for each process that takes part, and beside it for its memory, persistent
 * memory and disk. Lines from lane to lane are messages and remote accesses; a red bar is a fault,
 * as long as it lasts. One SVG file, without anything outside it.
 */
final class SpaceTime {

    private static final int ROW = 18;
    private static final int TOP = 96;
    private static final int LEFT = 124;
    private static final int PROCESS = 86;
    private static final int STORE = 34;
    private static final int TEXT = 680;

    private final List<Seat> seats;
    private final List<String> roles;
    private final Chronicle chronicle;
    private final List<Integer> chosen;
    private final Breach breach;
    private final SequencedMap<Lane, Integer> places = new LinkedHashMap<>();
    private final StringBuilder svg = new StringBuilder();

    /** What a lane stands for. */
    private enum Part {
        PROCESS(""),
        MEMORY("memory"),
        PERSISTENT("pmem"),
        DISK("disk");

        private final String label;

        Part(String label) {
            this.label = label;
        }
    }

    private record Lane(int node, Part part) {}

    SpaceTime(
            List<Seat> seats,
            List<String> roles,
            Chronicle chronicle,
            Excerpt excerpt,
            Breach breach) {
        this.seats = seats;
        this.roles = roles;
        this.chronicle = chronicle;
        this.chosen = excerpt.chosen();
        this.breach = breach;
        lay();
    }

    /** Gives a place to each lane of a machine that takes part. */
    private void lay() {
        SortedSet<Integer> taking = new TreeSet<>();
        for (int index : chosen) {
            taking.add(lane(chronicle.entry(index)).node);
        }
        int x = LEFT;
        for (int node : taking) {
            if (node < 0) {
                continue;
            }
            places.put(new Lane(node, Part.PROCESS), x);
            for (Part store : stores(node)) {
                x += STORE;
                places.put(new Lane(node, store), x);
            }
            x += PROCESS;
        }
    }

    private List<Part> stores(int node) {
        List<Part> stores = new ArrayList<>();
        if (node < seats.size()) {
            var hardware = seats.get(node).hardware();
            if (hardware.memoryBytes() > 0) {
                stores.add(Part.MEMORY);
            }
            if (hardware.persistentBytes() > 0) {
                stores.add(Part.PERSISTENT);
            }
            if (hardware.disk()) {
                stores.add(Part.DISK);
            }
        }
        return stores;
    }

    private static Lane lane(Entry entry) {
        return new Lane(Chronicle.place(entry), part(entry));
    }

    /** Where at its machine an entry happens. */
    private static Part part(Entry entry) {
        return switch (entry) {
            case Stepped stepped ->
                    switch (stepped.step()) {
                        case PERSISTED -> Part.PERSISTENT;
                        case DISK -> Part.DISK;
                        case LOST ->
                                stepped.what() instanceof DiskLoss ? Part.DISK : Part.PERSISTENT;
                        case SENT, DELIVERED, FIRED, POSTED, COMPLETED, COMPUTED, PAUSED, RESUMED ->
                                Part.PROCESS;
                    };
            case Seen(Observation.Claimed claimed)
                    when claimed.fact() instanceof Fact.Cut
                            || claimed.fact() instanceof Fact.Resumed ->
                    Part.MEMORY;
            case Seen(Observation.Accessed(long _, var access)) ->
                    access.kind() == MemoryKind.PERSISTENT ? Part.PERSISTENT : Part.MEMORY;
            case Seen _ -> Part.PROCESS;
        };
    }

    private static Lane process(NodeId node) {
        return new Lane(node.index(), Part.PROCESS);
    }

    /** The drawing. */
    String svg() {
        int width = textColumn() + TEXT;
        int height = TOP + ROW * (chosen.size() + 3);
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\""
                        + " font-size=\"12\">",
                width, height, width, height);
        add("<title>%s</title>", escaped(breach.property() + ": " + breach.explanation()));
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
        add(
                "<text x=\"16\" y=\"24\" font-size=\"15\" font-weight=\"600\">%s is"
                        + " violated</text>",
                escaped(breach.property()));
        add(
                "<text x=\"16\" y=\"44\" fill=\"#444444\">%s</text>",
                escaped(shortened(breach.explanation(), width / 7)));
        lanes(height);
        faults();
        for (int row = 0; row < chosen.size(); row++) {
            row(row);
        }
        add(
                "<text x=\"%d\" y=\"%d\" fill=\"#b00020\" font-weight=\"600\">%s</text>",
                textColumn(),
                y(chosen.size()) + 4,
                escaped(breach.property() + " is violated here"));
        add("</svg>");
        return svg.toString();
    }

    private void lanes(int height) {
        places.forEach((lane, x) -> {
            boolean process = lane.part == Part.PROCESS;
            add(
                    "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\""
                            + " stroke-width=\"%s\"/>",
                    x,
                    TOP - 10,
                    x,
                    height - 2 * ROW,
                    process ? "#555555" : "#bbbbbb",
                    process ? "1.5" : "1");
            add(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-weight=\"%s\""
                            + " font-size=\"%d\" fill=\"%s\">%s</text>",
                    x,
                    process ? TOP - 32 : TOP - 16,
                    process ? "600" : "400",
                    process ? 12 : 10,
                    process ? "#111111" : "#666666",
                    escaped(process ? role(lane.node) : lane.part.label));
        });
    }

    /** A red bar from where a fault strikes to where it is healed. */
    private void faults() {
        for (int row = 0; row < chosen.size(); row++) {
            if (chronicle.entry(chosen.get(row))
                    instanceof Seen(Observation.Struck(long _, Fault fault))) {
                int end = healed(row, fault);
                add(
                        "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"%d\" rx=\"3\""
                                + " fill=\"#d9534f\" fill-opacity=\"0.45\"/>",
                        x(lane(chronicle.entry(chosen.get(row)))) - 6,
                        y(row) - 4,
                        Math.max(8, y(end) - y(row) + 4));
            }
        }
    }

    private int healed(int from, Fault fault) {
        for (int row = from; row < chosen.size(); row++) {
            if (chronicle.entry(chosen.get(row))
                            instanceof Seen(Observation.Healed(long _, Fault healed))
                    && healed.equals(fault)) {
                return row;
            }
        }
        return chosen.size();
    }

    private void row(int row) {
        int index = chosen.get(row);
        Entry entry = chronicle.entry(index);
        if (row > 0 && index > chosen.get(row - 1) + 1) {
            add(
                    "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#cccccc\""
                            + " stroke-dasharray=\"2 4\"/>",
                    LEFT - 20, y(row) - ROW / 2, textColumn() - 24, y(row) - ROW / 2);
        }
        String line = chronicle.line(index);
        String colour = colour(entry);
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"10\""
                        + " fill=\"#888888\">%s</text>",
                LEFT - 26, y(row) + 4, String.format(Locale.ROOT, "%,.3f us", entry.at() / 1e3));
        arrow(row, entry);
        Integer x = places.get(lane(entry));
        if (x != null) {
            add("<circle cx=\"%d\" cy=\"%d\" r=\"3.5\" fill=\"%s\"/>", x, y(row), colour);
        }
        String text = line.substring(Math.min(line.length(), line.indexOf(" us  ") + 5)).strip();
        add(
                "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"%s\">%s</text>",
                textColumn(),
                y(row) + 4,
                colour,
                escaped(shortened(text.replaceAll(" {2,}", "  "), 110)));
    }

    private static String colour(Entry entry) {
        return switch (entry) {
            case Seen(Observation.Struck _), Seen(Observation.Ended _) -> "#b00020";
            case Stepped stepped when stepped.step() == Step.LOST -> "#b00020";
            case Seen(Observation.Healed _), Seen(Observation.Booted _) -> "#1b7837";
            case Seen(Observation.Claimed _) -> "#1f4e9c";
            case Seen _, Stepped _ -> "#333333";
        };
    }

    /** A line from where a message or an access comes from to where it arrives. */
    private void arrow(int row, Entry entry) {
        switch (entry) {
            case Stepped(long _, Step step, int node, int peer, var what)
                    when step == Step.DELIVERED && peer >= 0 ->
                    arrow(new Lane(peer, Part.PROCESS), sent(row, peer, what), lane(entry), row);
            case Stepped(long _, Step step, int node, int peer, Response response)
                    when step == Step.DELIVERED -> {
                int from = released(row, response);
                if (from >= 0) {
                    arrow(lane(chronicle.entry(chosen.get(from))), from, lane(entry), row);
                }
            }
            case Seen(Observation.Accessed(long _, var access)) ->
                    arrow(process(access.requester()), row, lane(entry), row);
            case Stepped _, Seen _ -> {
                // Happens in one place.
            }
        }
    }

    /** The row in which a message left; that of its arrival, if that is not in the excerpt. */
    private int sent(int arrived, int from, @Nullable Object what) {
        for (int row = arrived - 1; row >= 0; row--) {
            if (chronicle.entry(chosen.get(row))
                            instanceof Stepped(long _, Step step, int node, int _, var sent)
                    && step == Step.SENT
                    && node == from
                    && Objects.equals(sent, what)) {
                return row;
            }
        }
        return arrived;
    }

    private int released(int arrived, Response response) {
        for (int row = arrived - 1; row >= 0; row--) {
            if (chronicle.entry(chosen.get(row)) instanceof Seen(Observation.Released released)
                    && released.response().equals(response)) {
                return row;
            }
        }
        return -1;
    }

    private void arrow(Lane from, int fromRow, Lane to, int toRow) {
        Integer x1 = places.get(from);
        Integer x2 = places.get(to);
        if (x1 == null || x2 == null || x1.equals(x2)) {
            return;
        }
        double length = Math.hypot(x2 - x1, y(toRow) - y(fromRow));
        double dx = (x2 - x1) / length;
        double dy = (y(toRow) - y(fromRow)) / length;
        double tipX = x2 - 4 * dx;
        double tipY = y(toRow) - 4 * dy;
        add(
                "<line x1=\"%d\" y1=\"%d\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#7a8ba3\"/>",
                x1, y(fromRow), tipX, tipY);
        add(
                "<path d=\"M%.1f %.1f L%.1f %.1f L%.1f %.1f Z\" fill=\"#7a8ba3\"/>",
                tipX,
                tipY,
                tipX - 7 * dx - 3 * dy,
                tipY - 7 * dy + 3 * dx,
                tipX - 7 * dx + 3 * dy,
                tipY - 7 * dy - 3 * dx);
    }

    private int x(Lane lane) {
        return places.getOrDefault(lane, LEFT);
    }

    private static int y(int row) {
        return TOP + ROW * row + 8;
    }

    private int textColumn() {
        return (places.isEmpty() ? LEFT : places.lastEntry().getValue()) + 50;
    }

    private String role(int node) {
        return node < roles.size() ? roles.get(node) : "n" + node;
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    // The patterns are the literals above.
    @SuppressWarnings("AnnotateFormatMethod")
    private void add(String pattern, Object... values) {
        svg.append(String.format(Locale.ROOT, pattern, values)).append('\n');
    }
}
