package cairn.virtual.jgroups;

import org.jgroups.BytesMessage;
import org.jgroups.blocks.atomic.CounterService;
import org.jgroups.blocks.atomic.SyncCounter;
import org.jgroups.util.Bits;

import java.time.Duration;

/** What a member does, in its first thread, from when it is connected; it may go on for ever. */
@FunctionalInterface
public interface Work {

    /** Does it. */
    void run(Channel channel) throws Exception;

    /** Nothing but being a member. */
    Work NONE = _ -> {};

    /** Sends all members a numbered message again and again. */
    static Work multicasting(Duration gap) {
        return channel -> {
            for (long number = 1; ; number++) {
                byte[] bytes = new byte[Long.BYTES];
                Bits.writeLong(number, bytes, 0);
                channel.jgroups().send(new BytesMessage(null, bytes));
                Thread.sleep(gap);
            }
        };
    }

    /** Increments the counter of the group again and again; an increment that fails is given up. */
    static Work counting(Duration gap) {
        return channel -> {
            SyncCounter counter =
                    new CounterService(channel.jgroups()).getOrCreateSyncCounter("counter", 0);
            while (true) {
                try {
                    channel.counted(counter.incrementAndGet());
                } catch (RuntimeException failed) {
                    // The coordinator is gone, or does not answer: JGroups says so by a throw.
                    channel.gaveUp();
                }
                Thread.sleep(gap);
            }
        };
    }
}
