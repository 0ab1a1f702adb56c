package cairn.report.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A column of a table: what its values are, and those that wait to be written. */
final class Column {

    /** What values are, by the number that Parquet has for it. */
    enum Kind {
        INTEGER(2),
        NUMBER(5),
        TEXT(6);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        int type() {
            return type;
        }
    }

    private static final Set<String> INTEGERS =
            Set.of(
                    "seed",
                    "n",
                    "virtual_ns",
                    "wall_ns",
                    "useful_ns",
                    "checkpoint_pause_ns",
                    "fault_stall_ns",
                    "logging_ns",
                    "lost_ns",
                    "restart_ns",
                    "down_ns",
                    "latency_ns",
                    "kernel_events",
                    "requests",
                    "checkpoints",
                    "recoveries",
                    "faults",
                    "stable_bytes",
                    "network_bytes");
    private static final Set<String> TEXTS =
            Set.of(
                    "variant",
                    "against",
                    "measure",
                    "unit",
                    "statistic",
                    "paired",
                    "change",
                    "test",
                    "effect",
                    "duration",
                    "finding",
                    "digest",
                    "replay",
                    "shrunk_answers",
                    "configuration");

    private final String name;
    private final Kind kind;
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final ByteArrayOutputStream levels = new ByteArrayOutputStream();
    private int rows;
    private int run;
    private boolean there;

    /** A column of a name in the tables of a report, which says what its values are. */
    Column(String name) {
        this.name = name;
        this.kind =
                name.startsWith("setting.") || name.startsWith("property.") || TEXTS.contains(name)
                        ? Kind.TEXT
                        : INTEGERS.contains(name) ? Kind.INTEGER : Kind.NUMBER;
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    int rows() {
        return rows;
    }

    /** Adds a value as CSV has it: empty if there is none. */
    void add(String field) {
        boolean present = !field.isEmpty();
        if (rows > 0 && present != there) {
            endRun();
        }
        there = present;
        run++;
        rows++;
        if (present) {
            switch (kind) {
                case INTEGER -> bits(Long.parseLong(field));
                case NUMBER -> bits(Double.doubleToRawLongBits(Double.parseDouble(field)));
                case TEXT -> {
                    byte[] text = field.getBytes(StandardCharsets.UTF_8);
                    length(values, text.length);
                    values.writeBytes(text);
                }
            }
        }
    }

    private void bits(long value) {
        values.writeBytes(
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    private static void length(ByteArrayOutputStream out, int value) {
        out.writeBytes(
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .array());
    }

    /** Whether values are there, as runs of ones and zeros: twice the length, then the bit. */
    private void endRun() {
        Compact.varint(levels, (long) run << 1);
        levels.write(there ? 1 : 0);
        run = 0;
    }

    /** What waits as the body of a page, and nothing waits any more. */
    byte[] page() {
        if (run > 0) {
            endRun();
        }
        var page = new ByteArrayOutputStream();
        length(page, levels.size());
        page.writeBytes(levels.toByteArray());
        page.writeBytes(values.toByteArray());
        levels.reset();
        values.reset();
        rows = 0;
        return page.toByteArray();
    }
}
