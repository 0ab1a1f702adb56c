package cairn.cluster.control;

import cairn.cluster.wire.Carrier;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One end of the pipe between two processes. What was flushed into it is read by the other end even
 * if this process is killed right after: the kernel keeps it.
 */
public final class Pipe {

    private final DataInputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(4096);

    public Pipe(InputStream in, OutputStream out) {
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        this.out = out;
    }

    /** Adds something to what the next {@link #flush} sends. */
    public synchronized void add(Object object) {
        byte[] packed = Carrier.pack(object);
        waiting.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(packed.length).array());
        waiting.writeBytes(packed);
    }

    /** Sends what was added, in one piece. */
    public synchronized void flush() throws IOException {
        if (waiting.size() > 0) {
            try {
                waiting.writeTo(out);
                out.flush();
            } finally {
                waiting.reset();
            }
        }
    }

    /** Sends one thing at once. */
    public synchronized void send(Object object) throws IOException {
        add(object);
        flush();
    }

    /** Waits for the next thing; {@code null} when the other end is gone. */
    public @Nullable Object receive() throws IOException {
        try {
            byte[] packed = new byte[in.readInt()];
            in.readFully(packed);
            return Objects.requireNonNull(Carrier.unpack(packed, 0, packed.length));
        } catch (EOFException e) {
            return null;
        }
    }
}
