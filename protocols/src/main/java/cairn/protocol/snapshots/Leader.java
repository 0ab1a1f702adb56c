package cairn.protocol.snapshots;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Who leads, as the storage keeps it: a term, and the one process that it was granted to.
 *
 * @param place the index of the instance
 * @param incarnation of the process there: the next one needs another term
 */
record Leader(long term, int place, int incarnation) {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    byte[] bytes() {
        byte[] bytes = new byte[3 * Long.BYTES];
        LONGS.set(bytes, 0, term);
        LONGS.set(bytes, Long.BYTES, (long) place);
        LONGS.set(bytes, 2 * Long.BYTES, (long) incarnation);
        return bytes;
    }

    static Leader read(byte[] bytes) {
        return new Leader(
                (long) LONGS.get(bytes, 0),
                (int) (long) LONGS.get(bytes, Long.BYTES),
                (int) (long) LONGS.get(bytes, 2 * Long.BYTES));
    }
}
