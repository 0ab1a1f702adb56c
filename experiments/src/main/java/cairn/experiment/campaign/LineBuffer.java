package cairn.experiment.campaign;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32C;

/**
 * A line before its checksum, which is taken of it where it lies: short trials notice copies. May
 * be used for one line after another.
 */
final class LineBuffer extends ByteArrayOutputStream {

    LineBuffer() {
        super(512);
    }

    /** The line with a space, eight digits and its end. */
    byte[] withChecksum() {
        var crc = new CRC32C();
        crc.update(buf, 0, count);
        int checksum = (int) crc.getValue();
        write(' ');
        for (int shift = Integer.SIZE - 4; shift >= 0; shift -= 4) {
            write(Character.forDigit(checksum >>> shift & 0xf, 16));
        }
        write('\n');
        return toByteArray();
    }
}
