package cairn.protocol.snapshots;

import cairn.model.choice.Mix;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What makes the sections in a slot a snapshot: written behind them when they are durable (SN-8).
 * Eight numbers of eight bytes, little endian: "CairnSn1", term, epoch, the three registers, the
 * checksum of all sections, and a checksum of these.
 */
record SealRecord(long term, long epoch, Registers registers, long checksum) {

    static final int BYTES = 8 * Long.BYTES;

    private static final long MAGIC = 0x316e536e72696143L;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Whether it is of a newer snapshot of the application's line. */
    boolean isNewerThan(SealRecord other) {
        return term > other.term || (term == other.term && epoch > other.epoch);
    }

    private long[] numbers() {
        return new long[] {
            MAGIC, term, epoch, registers.steps(), registers.client(), registers.number(), checksum
        };
    }

    byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        long fold = 0;
        int at = 0;
        for (long number : numbers()) {
            LONGS.set(bytes, at, number);
            fold = Mix.fold(fold, number);
            at += Long.BYTES;
        }
        LONGS.set(bytes, at, fold);
        return bytes;
    }

    /** The record at an offset of a slot; null if there is none, or only a part. */
    static @Nullable SealRecord read(byte[] slot, int offset) {
        if (slot.length < offset + BYTES) {
            return null;
        }
        long[] numbers = new long[7];
        long fold = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (long) LONGS.get(slot, offset + i * Long.BYTES);
            fold = Mix.fold(fold, numbers[i]);
        }
        if (numbers[0] != MAGIC || fold != (long) LONGS.get(slot, offset + BYTES - Long.BYTES)) {
            return null;
        }
        return new SealRecord(
                numbers[1],
                numbers[2],
                new Registers(numbers[3], numbers[4], numbers[5]),
                numbers[6]);
    }
}
