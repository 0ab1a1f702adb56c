package cairn.cluster.probe;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a simulated host is told of this machine: each figure by the medians of what was measured.
 * All are nanoseconds but for bandwidths, which are bytes a nanosecond.
 *
 * @param coreNanos of a core for a message at either end, as far as its answer waits for that
 * @param afterNanos of a core for it when its answer is on its way already
 * @param followingNanos of a core for a message right behind another
 * @param reportNanos of a core for what a process says of itself before anything leaves it
 * @param bandwidth of messages
 * @param packetBandwidth of messages of 4 KiB, what they take of a core included
 * @param oneWayNanos each time, the way of a message without its ends
 * @param callNanos of a disk that does not wait for the device
 * @param copyBandwidth into the page cache
 * @param syncCoreNanos of a core, of what a sync takes
 * @param sharedSyncNanos by which a sync is longer for each other one that is under way
 * @param flushNanos until nothing much in mapped memory is durable
 * @param flushBandwidth of what is there to be made durable beside
 * @param faultNanos of a store that is stopped until its page is unprotected
 * @param protectNanos of the protection of a page, as one of a few
 */
public record MachineCosts(
        long coreNanos,
        long afterNanos,
        long followingNanos,
        long reportNanos,
        double bandwidth,
        double packetBandwidth,
        List<Long> oneWayNanos,
        long callNanos,
        double copyBandwidth,
        long syncCoreNanos,
        long sharedSyncNanos,
        long flushNanos,
        double flushBandwidth,
        long faultNanos,
        long protectNanos) {

    public MachineCosts {
        oneWayNanos = List.copyOf(oneWayNanos);
    }

    /** By what was measured, one time or several. */
    public static MachineCosts of(List<LiveProbe.Costs> measured) {
        return new Medians(measured).costs();
    }

    /** The medians of all samples together. */
    private static final class Medians {

        /** From one process to the next, the one that asks included. */
        private static final int WAYS = Measuring.SERVERS + 1;

        private final Map<Quantity, Long> medians = new EnumMap<>(Quantity.class);
        private final List<Long> rings;
        private final double processor;

        Medians(List<LiveProbe.Costs> measured) {
            for (Quantity quantity : Quantity.values()) {
                List<Long> all = LiveProbe.all(measured, quantity);
                medians.put(quantity, all.isEmpty() ? 0 : LiveProbe.Spread.of(all).median());
            }
            rings = LiveProbe.all(measured, Quantity.RING);
            processor =
                    measured.stream().mapToLong(LiveProbe.Costs::processor).average().orElseThrow();
        }

        MachineCosts costs() {
            // Of several messages at once one is behind the other by what it takes of a core.
            double piece = later(Quantity.PIECE, Quantity.PIECES);
            double small = later(Quantity.SMALL_PIECE, Quantity.SMALL_PIECES);
            double bandwidth =
                    (LiveProbe.PIECE_BYTES - LiveProbe.SMALL_PIECE_BYTES)
                            / Math.max(1, piece - small);
            // Round the ring are four ways, and each has two ends.
            double core = Math.min(processor, median(Quantity.RING) / (2 * WAYS));
            double ends = 2 * core + Measuring.TOKEN_BYTES / bandwidth;
            double copied =
                    (Measuring.LARGE_BYTES - Measuring.SMALL_BYTES)
                            / above(Quantity.LARGE_WRITE, Quantity.SMALL_WRITE, 1);
            double created =
                    Math.max(0, median(Quantity.CREATION) - Measuring.REPLACED_BYTES / copied);
            double persisted =
                    (Measuring.LARGE_PERSIST_BYTES - Measuring.SMALL_PERSIST_BYTES)
                            / above(Quantity.LARGE_PERSIST, Quantity.SMALL_PERSIST, 1);
            // Of three that begin at once, the second finds one under way, and the third two. That
            // sets them apart: when they go on to sync names, each finds the two others under way.
            double sharing =
                    (above(Quantity.SHARED_SYNC, Quantity.SYNC, 0)
                                    + above(Quantity.SHARED_NAME_SYNC, Quantity.NAME_SYNC, 0)
                                            / (Measuring.SERVERS - 1))
                            / 2;
            return new MachineCosts(
                    Math.round(core),
                    Math.round(processor - core),
                    Math.round(Math.min(core, small)),
                    Math.round(above(Quantity.REPORTED_SENDING, Quantity.SENDING, 0)),
                    bandwidth,
                    LiveProbe.PIECE_BYTES / piece,
                    rings.stream()
                            .map(ring -> Math.max(1, Math.round((double) ring / WAYS - ends)))
                            .toList(),
                    Math.round((created + median(Quantity.RENAME)) / 2),
                    copied,
                    Math.round(median(Quantity.SYNC_CORE)),
                    Math.round(sharing),
                    Math.round(
                            Math.max(
                                    0,
                                    median(Quantity.SMALL_PERSIST)
                                            - Measuring.SMALL_PERSIST_BYTES / persisted)),
                    persisted,
                    Math.round(median(Quantity.STOPPED_STORES) / Measuring.STORED_PAGES),
                    Math.round(median(Quantity.PROTECTION) / Measuring.STORED_PAGES));
        }

        private double median(Quantity quantity) {
            return medians.getOrDefault(quantity, 0L);
        }

        private double above(Quantity longer, Quantity shorter, double least) {
            return Math.max(least, median(longer) - median(shorter));
        }

        /** By how much each of several messages at once is later than the one before it. */
        private double later(Quantity one, Quantity several) {
            return Math.max(1, above(several, one, 0) / (LiveProbe.PIECES - 1));
        }
    }
}
