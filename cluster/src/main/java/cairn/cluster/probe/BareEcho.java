package cairn.cluster.probe;

import cairn.cluster.group.Stack;

import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;

import java.util.List;

/**
 * A process that answers each message with a short one, with nothing of Cairn but the stack's
 * settings. It ends when its standard input does.
 */
public final class BareEcho {

    static final String GROUP = "bare";
    private static final int ANSWER_BYTES = 8;

    private BareEcho() {}

    /** Serves at a host and port; the third word is the address of who asks. */
    public static void main(String[] words) throws Exception {
        int port = Integer.parseInt(words[1]);
        try (JChannel channel = stack(words[0], port, List.of(words[2])).channel()) {
            channel.setReceiver(new Answering(channel));
            channel.connect(GROUP);
            while (System.in.read() >= 0) {
                // Nothing is said, but the end.
            }
        }
    }

    static Stack stack(String host, int port, List<String> contacts) {
        return new Stack(host, port, contacts, Stack.SILENCE_MILLIS, 500);
    }

    private record Answering(JChannel channel) implements Receiver {
        @Override
        public void receive(Message message) {
            try {
                channel.send(new BytesMessage(message.getSrc(), new byte[ANSWER_BYTES]));
            } catch (Exception e) {
                throw new IllegalStateException("cannot answer", e);
            }
        }
    }
}
