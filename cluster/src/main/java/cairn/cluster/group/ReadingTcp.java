package cairn.cluster.group;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.SubmitToThreadPool;
import org.jspecify.annotations.Nullable;

import java.io.DataInput;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * TCP whose readers hand up themselves what they read, in place of waking a thread of the pool for
 * each message. One that stays away - what it handed up waits for credits of the peer that it reads
 * from, or for room in a socket, or works for long - is {@linkplain Reading relieved}. So a
 * connection is read whatever handlers do, as it is with a pool.
 *
 * <p>What is out of band still goes to the pool.
 */
public final class ReadingTcp extends TCP {

    /** For how long a connection may be left unread; heartbeats are far apart beside it. */
    private static final long PATIENCE_MILLIS = 20;

    /** The part of the present thread; a thread reads one connection. */
    private static final ThreadLocal<Reading.@Nullable Reader> HERE = new ThreadLocal<>();

    private final Set<Reading> readings = ConcurrentHashMap.newKeySet();

    /** One that is not started yet. */
    public ReadingTcp() {
        // By this number peers know the header of a transport.
        setId(ClassConfigurator.getProtocolId(TCP.class));
        // One that is named would take the place of this one.
        message_processing_policy = null;
        msg_processing_policy = new OnTheReader();
    }

    @Override
    public void start() throws Exception {
        super.start();
        var _ =
                timer.scheduleWithFixedDelay(
                        this::relieve,
                        PATIENCE_MILLIS,
                        PATIENCE_MILLIS,
                        TimeUnit.MILLISECONDS,
                        false);
    }

    private void relieve() {
        long patienceNanos = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        readings.removeIf(Reading::isOver);
        readings.forEach(each -> each.relieve(patienceNanos));
    }

    /** Called for each message by the thread that reads a connection from its beginning. */
    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        Reading.Reader reader = HERE.get();
        if (reader == null) {
            var reading =
                    new Reading(in, each -> super.receive(sender, in, each), this::startReader);
            readings.add(reading);
            reader = reading.first();
            HERE.set(reader);
        }
        super.receive(sender, in, length);
        reader.stayUntilOver();
    }

    private void startReader(Reading.Reader reader) {
        thread_factory
                .newThread(
                        () -> {
                            HERE.set(reader);
                            reader.readOn();
                        },
                        "relief")
                .start();
    }

    private final class OnTheReader extends SubmitToThreadPool {

        @Override
        public boolean process(Message message, boolean outOfBand) {
            Reading.Reader reader = HERE.get();
            if (outOfBand || reader == null) {
                return super.process(message, outOfBand);
            }
            reader.leaveFor(() -> passMessageUp(message, true, message.getDest() == null, true));
            return true;
        }

        @Override
        public boolean process(MessageBatch batch, boolean outOfBand) {
            Reading.Reader reader = HERE.get();
            if (outOfBand || reader == null) {
                return super.process(batch, outOfBand);
            }
            reader.leaveFor(new BatchHandler(batch, false));
            return true;
        }
    }
}
