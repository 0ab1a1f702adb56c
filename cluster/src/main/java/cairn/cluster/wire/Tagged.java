package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
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
    private static final int WORD = 15;
    private static final int BITS = 16;

    @Override
    public void write(@Nullable Object value, Sink out) {
        int word = value == null ? -1 : out.vocabulary().number(value.getClass());
        if (value != null && word >= 0) {
            out.putOctet(WORD);
            out.putOctet(word);
            Shape.of(value.getClass()).write(value, out);
            return;
        }
        switch (value) {
            case null -> out.putOctet(NULL);
            case Long number -> {
                out.putOctet(LONG);
                out.putNumber(number);
            }
            case Integer number -> {
                out.putOctet(INT);
                out.putInteger(number);
            }
            case Boolean flag -> {
                out.putOctet(BOOLEAN);
                out.putBool(flag);
            }
            case Double number -> {
                out.putOctet(DOUBLE);
                out.putReal(number);
            }
            case String text -> {
                out.putOctet(STRING);
                out.putText(text);
            }
            case byte[] bytes -> {
                out.putOctet(BYTES);
                out.putBytes(bytes);
            }
            case long[] numbers -> writeLongs(numbers, out);
            case int[] numbers -> writeInts(numbers, out);
            case BitSet bits -> {
                out.putOctet(BITS);
                out.putBytes(bits.toByteArray());
            }
            case List<?> list -> writeAll(LIST, list, out);
            case Set<?> set -> writeAll(SET, set, out);
            case SortedMap<?, ?> map -> writeMap(SORTED_MAP, map, out);
            case Map<?, ?> map -> writeMap(MAP, map, out);
            case Enum<?> constant -> {
                out.putOctet(ENUM);
                out.putText(constant.getDeclaringClass().getName());
                out.putText(constant.name());
            }
            default -> {
                Shape shape = Shape.of(value.getClass());
                out.putOctet(OBJECT);
                out.putText(value.getClass().getName());
                shape.write(value, out);
            }
        }
    }

    private static void writeLongs(long[] numbers, Sink out) {
        out.putOctet(LONGS);
        byte[] bytes = new byte[numbers.length * Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().put(numbers);
        out.putBytes(bytes);
    }

    private static void writeInts(int[] numbers, Sink out) {
        out.putOctet(INTS);
        out.putInteger(numbers.length);
        for (int number : numbers) {
            out.putInteger(number);
        }
    }

    private void writeAll(int tag, Collection<?> all, Sink out) {
        out.putOctet(tag);
        out.putInteger(all.size());
        for (Object each : all) {
            write(each, out);
        }
    }

    private void writeMap(int tag, Map<?, ?> map, Sink out) {
        out.putOctet(tag);
        out.putInteger(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(entry.getKey(), out);
            write(entry.getValue(), out);
        }
    }

    @Override
    public @Nullable Object read(Source in) {
        int tag = in.octet();
        return switch (tag) {
            case NULL -> null;
            case LONG -> in.number();
            case INT -> in.integer();
            case BOOLEAN -> in.bool();
            case DOUBLE -> in.real();
            case STRING -> in.text();
            case BYTES -> in.bytes();
            case LONGS -> readLongs(in);
            case INTS -> readInts(in);
            case BITS -> BitSet.valueOf(in.bytes());
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
            case ENUM -> constant(Shape.named(in.text()), in.text());
            case OBJECT -> Shape.of(Shape.named(in.text())).read(in);
            case WORD -> Shape.of(in.vocabulary().numbered(in.octet())).read(in);
            default -> throw new IllegalArgumentException("no value begins with " + tag);
        };
    }

    private static long[] readLongs(Source in) {
        byte[] bytes = in.bytes();
        long[] numbers = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
        return numbers;
    }

    private static int[] readInts(Source in) {
        int[] numbers = new int[in.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.integer();
        }
        return numbers;
    }

    private void readAll(Collection<@Nullable Object> all, Source in) {
        int size = in.length();
        for (int i = 0; i < size; i++) {
            all.add(read(in));
        }
    }

    private Map<@Nullable Object, @Nullable Object> readMap(
            Map<@Nullable Object, @Nullable Object> map, Source in) {
        int size = in.length();
        for (int i = 0; i < size; i++) {
            map.put(read(in), read(in));
        }
        return map;
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type + " has no constant " + name);
    }
}
