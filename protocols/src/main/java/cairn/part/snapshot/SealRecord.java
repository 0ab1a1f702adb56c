package cairn.part.snapshot;

import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Seal;

import org.jspecify.annotations.Nullable;

/**
 * What makes the sections in a slot a snapshot: written behind them when they are durable (SN-8).
 * Eight numbers of eight bytes, little endian: "CairnSn1", term, epoch, the three registers, the
 * checksum of all sections, and a checksum of these.
 */
record SealRecord(long term, long epoch, Registers registers, long checksum)
        implements Comparable<SealRecord> {

    /** Of no snapshot: older than all. */
    static final SealRecord NONE = new SealRecord(0, 0, Registers.INITIAL, 0);

    static final int BYTES = 8 * Long.BYTES;

    private static final long MAGIC = 0x316e536e72696143L;

    /** Later is the newer snapshot of the application's line. */
    @Override
    public int compareTo(SealRecord other) {
        return term == other.term
                ? Long.compare(epoch, other.epoch)
                : Long.compare(term, other.term);
    }

    byte[] bytes() {
        return new ByteWriter()
                .number(MAGIC)
                .number(term)
                .number(epoch)
                .number(registers.steps())
                .number(registers.client())
                .number(registers.number())
                .number(checksum)
                .sealed();
    }

    /** The record at an offset of a slot; null if there is none, or only a part. */
    static @Nullable SealRecord read(byte[] slot, int offset) {
        if (!Seal.isWhole(slot, offset, BYTES)) {
            return null;
        }
        ByteReader reader = new ByteReader(slot, offset);
        if (reader.number() != MAGIC) {
            return null;
        }
        long term = reader.number();
        long epoch = reader.number();
        var registers = new Registers(reader.number(), reader.number(), reader.number());
        return new SealRecord(term, epoch, registers, reader.number());
    }
}
