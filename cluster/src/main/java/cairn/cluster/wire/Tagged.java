package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A place that may hold anything: each value says first what it is. */
final class Tagged implements Form {

    private static final int NULL = 0;
    private static final int LONG = 1;
    private static final int INT = 2;
    private static final int BOOLEAN = 3;
    private static final int DOUBLE = 4;
    private static final int STRING = 5;
    private static final int BYTES = 6;
    private static final int LONGS = 7;
    private static final int INTS = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int SORTED_MAP = 12;
    private static final int ENUM = 13;
    private static final int OBJECT = 14;

    @Override
    public void write(@Nullable Object value, DataOutputStream out) throws IOException {
        switch (value) {
            case null -> out.writeByte(NULL);
            case Long number -> {
                out.writeByte(LONG);
                out.writeLong(number);
            }
            case Integer number -> {
                out.writeByte(INT);
                out.writeInt(number);
            }
            case Boolean flag -> {
                out.writeByte(BOOLEAN);
                out.writeBoolean(flag);
            }
            case Double number -> {
                out.writeByte(DOUBLE);
                out.writeDouble(number);
            }
            case String text -> {
                out.writeByte(STRING);
                out.writeUTF(text);
            }
            case byte[] bytes -> {
                out.writeByte(BYTES);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            case long[] numbers -> writeLongs(numbers, out);
            case int[] numbers -> writeInts(numbers, out);
            case List<?> list -> writeAll(LIST, list, out);
            case Set<?> set -> writeAll(SET, set, out);
            case SortedMap<?, ?> map -> writeMap(SORTED_MAP, map, out);
            case Map<?, ?> map -> writeMap(MAP, map, out);
            case Enum<?> constant -> {
                out.writeByte(ENUM);
                out.writeUTF(constant.getDeclaringClass().getName());
                out.writeUTF(constant.name());
            }
            default -> {
                Shape shape = Shape.of(value.getClass());
                out.writeByte(OBJECT);
                out.writeUTF(value.getClass().getName());
                shape.write(value, out);
            }
        }
    }

    private static void writeLongs(long[] numbers, DataOutputStream out) throws IOException {
        out.writeByte(LONGS);
        out.writeInt(numbers.length);
        byte[] bytes = new byte[numbers.length * Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().put(numbers);
        out.write(bytes);
    }

    private static void writeInts(int[] numbers, DataOutputStream out) throws IOException {
        out.writeByte(INTS);
        out.writeInt(numbers.length);
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private void writeAll(int tag, Collection<?> all, DataOutputStream out) throws IOException {
        out.writeByte(tag);
        out.writeInt(all.size());
        for (Object each : all) {
            write(each, out);
        }
    }

    private void writeMap(int tag, Map<?, ?> map, DataOutputStream out) throws IOException {
        out.writeByte(tag);
        out.writeInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(entry.getKey(), out);
            write(entry.getValue(), out);
        }
    }

    @Override
    public @Nullable Object read(DataInputStream in) throws IOException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case NULL -> null;
            case LONG -> in.readLong();
            case INT -> in.readInt();
            case BOOLEAN -> in.readBoolean();
            case DOUBLE -> in.readDouble();
            case STRING -> in.readUTF();
            case BYTES -> in.readNBytes(in.readInt());
            case LONGS -> readLongs(in);
            case INTS -> readInts(in);
            case LIST -> {
                List<@Nullable Object> list = new ArrayList<>();
                readAll(list, in);
                yield Collections.unmodifiableList(list);
            }
            case SET -> {
                Set<@Nullable Object> set = new LinkedHashSet<>();
                readAll(set, in);
                yield Collections.unmodifiableSet(set);
            }
            case MAP -> readMap(new LinkedHashMap<>(), in);
            case SORTED_MAP -> readMap(new TreeMap<>(), in);
            case ENUM -> constant(Shape.named(in.readUTF()), in.readUTF());
            case OBJECT -> Shape.of(Shape.named(in.readUTF())).read(in);
            default -> throw new IOException("no value begins with " + tag);
        };
    }

    private static long[] readLongs(DataInputStream in) throws IOException {
        long[] numbers = new long[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(numbers.length * Long.BYTES)).asLongBuffer().get(numbers);
        return numbers;
    }

    private static int[] readInts(DataInputStream in) throws IOException {
        int[] numbers = new int[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readInt();
        }
        return numbers;
    }

    private void readAll(Collection<@Nullable Object> all, DataInputStream in) throws IOException {
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            all.add(read(in));
        }
    }

    private Map<@Nullable Object, @Nullable Object> readMap(
            Map<@Nullable Object, @Nullable Object> map, DataInputStream in) throws IOException {
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            map.put(read(in), read(in));
        }
        return map;
    }

    private static Object constant(Class<?> type, String name) throws IOException {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IOException(type + " has no constant " + name);
    }
}
