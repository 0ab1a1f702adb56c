package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** A place of a primitive type. */
enum Primitive implements Form {
    BOOLEAN(boolean.class) {
        @Override
        void put(Object value, Sink out) {
            out.putBool((Boolean) value);
        }

        @Override
        public Object read(Source in) {
            return in.bool();
        }
    },
    BYTE(byte.class) {
        @Override
        void put(Object value, Sink out) {
            out.putOctet((Byte) value);
        }

        @Override
        public Object read(Source in) {
            return (byte) in.octet();
        }
    },
    INT(int.class) {
        @Override
        void put(Object value, Sink out) {
            out.putInteger((Integer) value);
        }

        @Override
        public Object read(Source in) {
            return in.integer();
        }
    },
    LONG(long.class) {
        @Override
        void put(Object value, Sink out) {
            out.putNumber((Long) value);
        }

        @Override
        public Object read(Source in) {
            return in.number();
        }
    },
    DOUBLE(double.class) {
        @Override
        void put(Object value, Sink out) {
            out.putReal((Double) value);
        }

        @Override
        public Object read(Source in) {
            return in.real();
        }
    };

    private final Class<?> type;

    Primitive(Class<?> type) {
        this.type = type;
    }

    static Primitive of(Class<?> type) {
        for (Primitive each : values()) {
            if (each.type == type) {
                return each;
            }
        }
        throw new IllegalArgumentException("nothing here is of type " + type);
    }

    abstract void put(Object value, Sink out);

    @Override
    public void write(@Nullable Object value, Sink out) {
        put(Objects.requireNonNull(value), out);
    }
}
