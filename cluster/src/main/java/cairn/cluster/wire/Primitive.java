package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;

/** A place of a primitive type. */
enum Primitive implements Form {
    BOOLEAN(boolean.class) {
        @Override
        void put(Object value, DataOutputStream out) throws IOException {
            out.writeBoolean((Boolean) value);
        }

        @Override
        public Object read(DataInputStream in) throws IOException {
            return in.readBoolean();
        }
    },
    BYTE(byte.class) {
        @Override
        void put(Object value, DataOutputStream out) throws IOException {
            out.writeByte((Byte) value);
        }

        @Override
        public Object read(DataInputStream in) throws IOException {
            return in.readByte();
        }
    },
    INT(int.class) {
        @Override
        void put(Object value, DataOutputStream out) throws IOException {
            out.writeInt((Integer) value);
        }

        @Override
        public Object read(DataInputStream in) throws IOException {
            return in.readInt();
        }
    },
    LONG(long.class) {
        @Override
        void put(Object value, DataOutputStream out) throws IOException {
            out.writeLong((Long) value);
        }

        @Override
        public Object read(DataInputStream in) throws IOException {
            return in.readLong();
        }
    },
    DOUBLE(double.class) {
        @Override
        void put(Object value, DataOutputStream out) throws IOException {
            out.writeDouble((Double) value);
        }

        @Override
        public Object read(DataInputStream in) throws IOException {
            return in.readDouble();
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

    abstract void put(Object value, DataOutputStream out) throws IOException;

    @Override
    public void write(@Nullable Object value, DataOutputStream out) throws IOException {
        put(Objects.requireNonNull(value), out);
    }
}
