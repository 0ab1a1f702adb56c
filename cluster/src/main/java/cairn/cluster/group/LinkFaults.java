package cairn.cluster.group;

import cairn.model.fault.LinkQuality;

import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;
import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A layer right above the transport that makes what comes from some places fail to arrive:
 * messages, acknowledgements, heartbeats, discovery and merging alike. Each end of a link drops for
 * itself, so a process that stands still misses nothing that it should have been told.
 *
 * <p>FD_SOCK2's sockets are not cut, which is what a cable does that is pulled out: they stay open,
 * and say nothing.
 */
public final class LinkFaults extends Protocol {

    private volatile Map<Integer, LinkQuality> bad = Map.of();

    /** What is wrong, from now on, with the ways from places; those that are absent are well. */
    public void set(Map<Integer, LinkQuality> qualities) {
        bad = new ConcurrentHashMap<>(qualities);
    }

    private @Nullable LinkQuality quality(Message message) {
        if (bad.isEmpty()) {
            return null;
        }
        Member member = Member.of(message.getSrc());
        if (member == null) {
            return null;
        }
        LinkQuality worst = null;
        for (int place = member.first(); place < member.first() + member.count(); place++) {
            LinkQuality quality = bad.get(place);
            if (quality != null && (worst == null || quality.loss() > worst.loss())) {
                worst = quality;
            }
        }
        return worst;
    }

    @Override
    public @Nullable Object up(Message message) {
        LinkQuality quality = quality(message);
        if (quality == null) {
            return up_prot.up(message);
        }
        if (isLost(quality)) {
            return null;
        }
        if (quality.extraDelayNanos() > 0 || quality.reordering() > 0) {
            later(message, quality);
            return null;
        }
        if (happens(quality.duplication())) {
            up_prot.up(message.copy(true, true));
        }
        return up_prot.up(message);
    }

    @Override
    public void up(MessageBatch batch) {
        if (bad.isEmpty()) {
            up_prot.up(batch);
            return;
        }
        for (Iterator<Message> messages = batch.iterator(); messages.hasNext(); ) {
            Message message = messages.next();
            LinkQuality quality = message == null ? null : quality(message);
            if (quality == null) {
                continue;
            }
            if (isLost(quality)) {
                messages.remove();
            } else if (quality.extraDelayNanos() > 0 || quality.reordering() > 0) {
                messages.remove();
                later(message, quality);
            }
        }
        if (!batch.isEmpty()) {
            up_prot.up(batch);
        }
    }

    private void later(Message message, LinkQuality quality) {
        // One that is held back is overtaken by what comes in the next two milliseconds.
        long held = happens(quality.reordering()) ? 2_000_000 : 0;
        var _ =
                getTransport()
                        .getTimer()
                        .schedule(
                                () -> up_prot.up(message),
                                quality.extraDelayNanos() + held,
                                TimeUnit.NANOSECONDS);
    }

    private static boolean isLost(LinkQuality quality) {
        return happens(quality.loss()) || happens(quality.corruption());
    }

    private static boolean happens(double probability) {
        return probability > 0 && ThreadLocalRandom.current().nextDouble() < probability;
    }
}
