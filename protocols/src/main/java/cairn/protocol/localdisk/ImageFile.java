package cairn.protocol.localdisk;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.choice.Mix;
import cairn.model.memory.PagedMemory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A memory as a file: its pages, then its epoch, then a checksum of all that; the numbers have
 * eight bytes, little endian.
 */
final class ImageFile {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int TRAILER_BYTES = 2 * Long.BYTES;

    private ImageFile() {}

    static byte[] of(PagedMemory memory, long epoch) {
        int size = Math.toIntExact(memory.size());
        byte[] bytes = new byte[size + TRAILER_BYTES];
        memory.read(0, bytes, 0, size);
        LONGS.set(bytes, size, epoch);
        LONGS.set(bytes, size + Long.BYTES, checksum(bytes));
        return bytes;
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Long.BYTES);
        return Mix.fold(Mix.GOLDEN, crc.getValue());
    }

    /** Puts the pages in place; false, and nothing is changed, if the bytes are not an image. */
    static boolean restore(byte[] bytes, PagedMemory memory) {
        int size = Math.toIntExact(memory.size());
        if (bytes.length != size + TRAILER_BYTES
                || (long) LONGS.get(bytes, size + Long.BYTES) != checksum(bytes)) {
            return false;
        }
        byte[] page = new byte[PAGE_BYTES];
        for (int i = 0; i < memory.pageCount(); i++) {
            System.arraycopy(bytes, i * PAGE_BYTES, page, 0, PAGE_BYTES);
            memory.restorePage(i, page);
        }
        return true;
    }

    static long epoch(byte[] bytes) {
        return (long) LONGS.get(bytes, bytes.length - TRAILER_BYTES);
    }
}
