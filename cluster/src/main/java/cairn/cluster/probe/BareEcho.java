package cairn.cluster.probe;

import cairn.cluster.group.Stack;

import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A process that answers each message with a short one, with nothing of Cairn but the stack's
 * settings; it first syncs what says so. It ends when its standard input does.
 */
public final class BareEcho {

    static final String GROUP = "bare";

    /** The first byte of what is to be on disk before it is answered. */
    static final byte DURABLE = 1;

    private static final int ANSWER_BYTES = 8;

    private BareEcho() {}

    /** Serves at a host and port, given the address of who asks and a file. */
    public static void main(String[] words) throws Exception {
        int port = Integer.parseInt(words[1]);
        try (JChannel channel = stack(words[0], port, List.of(words[2])).channel();
                FileChannel file = open(Path.of(words[3]))) {
            channel.setReceiver(new Answering(channel, file));
            channel.connect(GROUP);
            while (System.in.read() >= 0) {
                // Nothing is said, but the end.
            }
        }
    }

    static Stack stack(String host, int port, List<String> contacts) {
        return new Stack(host, port, contacts, Stack.SILENCE_MILLIS, 500, true);
    }

    static FileChannel open(Path file) throws Exception {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Makes bytes durable at the beginning of a file, by the call that live disks use. */
    static void sync(FileChannel file, ByteBuffer content) throws Exception {
        file.write(content, 0);
        file.force(false);
    }

    private record Answering(JChannel channel, FileChannel file) implements Receiver {
        @Override
        public void receive(Message message) {
            try {
                byte[] bytes = message.getArray();
                if (bytes[message.getOffset()] == DURABLE) {
                    sync(file, ByteBuffer.wrap(bytes, message.getOffset(), message.getLength()));
                }
                channel.send(new BytesMessage(message.getSrc(), new byte[ANSWER_BYTES]));
            } catch (Exception e) {
                throw new IllegalStateException("cannot answer", e);
            }
        }
    }
}
