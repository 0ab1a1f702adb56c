package cairn.experiment.campaign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** The lines of a file from its start, with their ends, and where each ends. */
final class Lines {

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).flip();
    private long read;
    private long position;

    Lines(FileChannel channel) {
        this.channel = channel;
    }

    /** The next line; empty if there is none, or if the rest of the file is no whole line. */
    byte[] next() throws IOException {
        var line = new ByteArrayOutputStream(1024);
        while (true) {
            while (buffer.hasRemaining()) {
                byte letter = buffer.get();
                line.write(letter);
                if (letter == '\n') {
                    position += line.size();
                    return line.toByteArray();
                }
            }
            buffer.clear();
            int more = channel.read(buffer, read);
            buffer.flip();
            if (more <= 0) {
                return new byte[0];
            }
            read += more;
        }
    }

    /** Where the last line ended. */
    long position() {
        return position;
    }

    /** The line that begins at a place of a file that has it whole; for several threads. */
    static byte[] at(FileChannel channel, long offset) throws IOException {
        var buffer = ByteBuffer.allocate(1 << 12);
        while (true) {
            int read = channel.read(buffer, offset + buffer.position());
            for (int i = Math.max(0, buffer.position() - Math.max(0, read));
                    i < buffer.position();
                    i++) {
                if (buffer.get(i) == '\n') {
                    return Arrays.copyOf(buffer.array(), i + 1);
                }
            }
            if (read < 0) {
                throw new IllegalStateException("the file has shrunk: no line at " + offset);
            }
            if (!buffer.hasRemaining()) {
                buffer =
                        ByteBuffer.wrap(Arrays.copyOf(buffer.array(), 4 * buffer.capacity()))
                                .position(buffer.capacity());
            }
        }
    }
}
