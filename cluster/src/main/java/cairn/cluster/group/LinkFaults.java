package cairn.cluster.group;

import cairn.model.fault.LinkQuality;

import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;
import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A layer right above the transport that makes what comes from some places fail to arrive:
 * messages, acknowledgements, heartbeats, discovery and merging alike. Each end of a link drops for
 * itself, so a process that stands still misses nothing that it should have been told.
 *
 * <p>FD_SOCK2's sockets are not cut, which is what a cable does that is pulled out: they stay open,
 * and say nothing.
 */
public final class LinkFaults extends Protocol {

    private volatile Badness now = new Badness(Map.of(), _ -> {});
    private final Map<Member, Bottleneck> bottlenecks = new ConcurrentHashMap<>();

    /**
     * What is wrong with the ways from places.
     *
     * @param told the places of which it was said that something from there was spoilt
     */
    private record Badness(Map<Integer, LinkQuality> ways, IntConsumer spoilt, Set<Integer> told) {

        Badness(Map<Integer, LinkQuality> ways, IntConsumer spoilt) {
            this(Map.copyOf(ways), spoilt, ConcurrentHashMap.newKeySet());
        }

        @Nullable LinkQuality quality(Message message) {
            Member member = ways.isEmpty() ? null : Member.of(message.getSrc());
            return member == null ? null : quality(member);
        }

        /** The worst of the ways from its places. */
        @Nullable LinkQuality quality(Member member) {
            LinkQuality worst = null;
            for (int place = member.first(); place < member.first() + member.count(); place++) {
                LinkQuality quality = ways.get(place);
                if (quality != null && (worst == null || isWorse(quality, worst))) {
                    worst = quality;
                }
            }
            return worst;
        }

        /**
         * Something befell a message. What JGroups says for itself is out of band, or empty, or to
         * all: a node does not notice when that is lost or late.
         */
        void spoil(Message message) {
            Member member = Member.of(message.getSrc());
            if (member != null
                    && message.getDest() != null
                    && message.getLength() > 0
                    && !message.isFlagSet(Message.Flag.OOB)) {
                for (int place = member.first(); place < member.first() + member.count(); place++) {
                    if (ways.containsKey(place) && told.add(place)) {
                        spoilt.accept(place);
                    }
                }
            }
        }
    }

    /**
     * What is wrong, from now on, with the ways from places; those that are absent are well.
     *
     * @param spoilt is told of each place, once, when a message of a node from there does not
     *     arrive at once, or not as one; on a thread of the transport
     */
    public void set(Map<Integer, LinkQuality> qualities, IntConsumer spoilt) {
        now = new Badness(qualities, spoilt);
        bottlenecks.values().forEach(Bottleneck::changed);
        bottlenecks.keySet().forEach(this::forget);
    }

    /** How many ways are narrow, or were and are not yet empty. */
    int narrowWays() {
        return bottlenecks.size();
    }

    /** Gives up a place where nothing waits and that is wide again. */
    private void forget(Member member) {
        bottlenecks.computeIfPresent(
                member,
                (_, bottleneck) ->
                        bottleneck.isEmpty() && bytesPerNano(member) == Double.POSITIVE_INFINITY
                                ? null
                                : bottleneck);
    }

    private static boolean isWorse(LinkQuality one, LinkQuality other) {
        return one.loss() > other.loss()
                || (one.loss() == other.loss() && one.bytesPerNano() < other.bytesPerNano());
    }

    @Override
    public @Nullable Object up(Message message) {
        return goesOn(message, now) ? up_prot.up(message) : null;
    }

    @Override
    public void up(MessageBatch batch) {
        Badness present = now;
        if (present.ways.isEmpty()) {
            up_prot.up(batch);
            return;
        }
        for (Iterator<Message> messages = batch.iterator(); messages.hasNext(); ) {
            Message message = messages.next();
            if (message != null && !goesOn(message, present)) {
                messages.remove();
            }
        }
        if (!batch.isEmpty()) {
            up_prot.up(batch);
        }
    }

    /** Whether a message goes on at once: else it is lost, or goes on by itself later. */
    private boolean goesOn(Message message, Badness present) {
        LinkQuality quality = present.quality(message);
        if (quality == null) {
            return true;
        }
        if (isLost(quality)) {
            present.spoil(message);
            return false;
        }
        Member member = quality.isNarrow() ? Member.of(message.getSrc()) : null;
        if (member == null) {
            return travels(message, quality, present);
        }
        present.spoil(message);
        bottlenecks.compute(
                member,
                (_, known) -> {
                    // Within, since a place that is given up is told of no change.
                    Bottleneck bottleneck = known == null ? bottleneck(member) : known;
                    bottleneck.enter(message);
                    return bottleneck;
                });
        return false;
    }

    private Bottleneck bottleneck(Member member) {
        return new Bottleneck(
                getTransport().getTimer(),
                () -> bytesPerNano(member),
                message -> {
                    forget(member);
                    leaveBottleneck(message);
                });
    }

    private double bytesPerNano(Member member) {
        LinkQuality quality = now.quality(member);
        return quality == null ? Double.POSITIVE_INFINITY : quality.bytesPerNano();
    }

    private void leaveBottleneck(Message message) {
        Badness present = now;
        LinkQuality quality = present.quality(message);
        if (quality == null || travels(message, quality, present)) {
            up_prot.up(message);
        }
    }

    /** Whether a message arrives at once, beside what is doubled of it: else it does later. */
    private boolean travels(Message message, LinkQuality quality, Badness present) {
        if (happens(quality.duplication())) {
            present.spoil(message);
            travel(message.copy(true, true), quality.extraDelayNanos());
        }
        // One that is held back is overtaken by what comes in the next two milliseconds.
        long delay = quality.extraDelayNanos() + (happens(quality.reordering()) ? 2_000_000 : 0);
        if (delay > 0) {
            present.spoil(message);
            travel(message, delay);
        }
        return delay == 0;
    }

    private void travel(Message message, long nanos) {
        if (nanos == 0) {
            up_prot.up(message);
        } else {
            var _ =
                    getTransport()
                            .getTimer()
                            .schedule(() -> up_prot.up(message), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static boolean isLost(LinkQuality quality) {
        return happens(quality.loss()) || happens(quality.corruption());
    }

    private static boolean happens(double probability) {
        return probability > 0 && ThreadLocalRandom.current().nextDouble() < probability;
    }
}
