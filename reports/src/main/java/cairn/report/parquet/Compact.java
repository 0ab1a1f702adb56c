package cairn.report.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Structures in Thrift's compact protocol, which Parquet's metadata is written in: a field is its
 * distance from the field before it and its type, whole numbers are zigzag varints, a zero ends a
 * structure (Apache Thrift, doc/specs/thrift-compact-protocol.md).
 */
final class Compact {

    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int SHORT_LIST = 15;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int last;

    Compact i32(int field, int value) {
        header(field, I32);
        varint(zigzag(value));
        return this;
    }

    Compact i64(int field, long value) {
        header(field, I64);
        varint(zigzag(value));
        return this;
    }

    Compact text(int field, String value) {
        header(field, BINARY);
        bytes(value);
        return this;
    }

    /** Opens a structure in a field; {@link #end} closes it. */
    Compact struct(int field) {
        header(field, STRUCT);
        return element();
    }

    /** Opens a structure that is the next element of a list. */
    Compact element() {
        outer.push(last);
        last = 0;
        return this;
    }

    Compact end() {
        out.write(0);
        last = outer.pop();
        return this;
    }

    /** The head of a list of so many structures, which follow. */
    Compact structs(int field, int size) {
        list(field, size, STRUCT);
        return this;
    }

    Compact i32s(int field, int... values) {
        list(field, values.length, I32);
        for (int value : values) {
            varint(zigzag(value));
        }
        return this;
    }

    Compact texts(int field, String value) {
        list(field, 1, BINARY);
        bytes(value);
        return this;
    }

    /** All of it, with the end of the outermost structure. */
    byte[] done() {
        out.write(0);
        return out.toByteArray();
    }

    private void header(int field, int type) {
        int distance = field - last;
        if (distance < 1 || distance > 15) {
            throw new IllegalArgumentException("field " + field + " after " + last);
        }
        out.write(distance << 4 | type);
        last = field;
    }

    private void list(int field, int size, int type) {
        header(field, LIST);
        if (size < SHORT_LIST) {
            out.write(size << 4 | type);
        } else {
            out.write(SHORT_LIST << 4 | type);
            varint(size);
        }
    }

    private void bytes(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private void varint(long value) {
        varint(out, value);
    }

    static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
