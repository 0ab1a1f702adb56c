package cairn.simulator.kernel;

import java.util.Arrays;

/**
 * A ladder queue: pairs of (time, ticket) that come out by time, and those of one time in the order
 * in which they went in.
 *
 * <p>The far future is one unsorted chain, the top. The near future is spread over rungs of
 * buckets, each rung refining one bucket of the rung above it, until a bucket is small enough to be
 * sorted into the bottom, from which events are taken. An event is moved a few times, each time in
 * sequence with its neighbours, and is compared only within a small bucket, so that the cost per
 * event hardly depends on how many are pending or how their times are distributed. (Tang, Goh and
 * Thng, "Ladder queue: an O(1) priority queue structure for large-scale discrete event simulation",
 * ACM TOMACS 15(3), 2005; widths are powers of two here, and ties are kept in order by moving every
 * chain from its first pair to its last.)
 *
 * <p>The spans of top, rungs and bottom do not overlap, so pairs of one time are always together.
 * Pairs whose ticket is no longer held were cancelled; they are dropped on the way.
 */
final class Ladder {
    /** A bucket with at most this many pairs is sorted rather than spread over a further rung. */
    private static final int MOST_SORTED = SortBuffer.CAPACITY;

    /** A bottom that grew past this by insertions is spread over a rung. */
    private static final int MOST_IN_BOTTOM = 512;

    /** A purge is worth its while from this many cancelled events on, and if most are. */
    private static final int FEWEST_TO_PURGE = 1_024;

    private static final int PAIRS_PER_BUCKET = 8;
    private static final int FEWEST_BUCKETS = 16;
    private static final int MOST_BUCKETS = 1 << 16;

    private final Slots slots;
    private final Chains chains = new Chains();
    private final Bottom bottom = new Bottom();
    private final SortBuffer sorter = new SortBuffer();

    /** The rungs, the widest first; those from {@link #depth} on wait to be used again. */
    private Rung[] rungs = new Rung[0];

    private int depth;

    /** The chain of what is at {@link #topFrom} or later. */
    private int topHead;

    private int topEnd;
    private long topFrom;

    /** How many pairs are in the ladder although their tickets are no longer held. */
    private int cancelled;

    // What survey() found of a chain: how many pairs, their extremes, and the sum of their times,
    // each counted from the least.
    private int count;
    private long least;
    private long most;
    private double sum;

    Ladder(Slots slots) {
        this.slots = slots;
    }

    /** Adds an event that is not earlier than the last one removed. */
    void add(long time, long ticket) {
        if (time >= topFrom) {
            addToTop(time, ticket);
            return;
        }
        for (int i = 0; i < depth; i++) {
            Rung rung = rungs[i];
            if (time >= rung.from()) {
                rung.add(time, ticket);
                return;
            }
        }
        bottom.insert(time, ticket);
        if (bottom.size() > MOST_IN_BOTTOM && bottom.last() > bottom.time()) {
            spreadBottom();
        }
    }

    /** Notes that an event which is in here was cancelled; {@code held} are still pending. */
    void cancelled(int held) {
        cancelled++;
        if (cancelled > held + FEWEST_TO_PURGE) {
            purge();
        }
    }

    /** Makes the next pending event the first of the bottom; false if there is none. */
    boolean seek() {
        while (true) {
            if (bottom.isEmpty()) {
                if (!descend()) {
                    return false;
                }
            } else if (cancelled > 0 && !slots.stillHolds(bottom.ticket())) {
                bottom.removeFirst();
                cancelled--;
            } else {
                return true;
            }
        }
    }

    /** How many rungs there are: it stays near the logarithm of the span of times. */
    int depth() {
        return depth;
    }

    /** How many events are in the sorted bottom, cancelled ones included. */
    int sorted() {
        return bottom.size();
    }

    /** The time of the first event, after {@link #seek}. */
    long time() {
        return bottom.time();
    }

    /** Removes the first event, after {@link #seek}, and answers its ticket. */
    long remove() {
        long ticket = bottom.ticket();
        bottom.removeFirst();
        return ticket;
    }

    /** Hands one bucket down, or the top; false if nothing is left above the empty bottom. */
    private boolean descend() {
        while (depth > 0 && !rungs[depth - 1].seek()) {
            depth--;
        }
        if (depth > 0) {
            descendFrom(rungs[depth - 1]);
            return true;
        }
        if (topHead == 0) {
            return false;
        }
        descendFromTop();
        return true;
    }

    private void descendFrom(Rung rung) {
        int head = rung.head();
        int end = rung.end();
        survey(head, end);
        if (least == most) {
            // However many events share one instant, they are in order already. The rest of the
            // bucket's span stays with the rung, so that the bottom never becomes both long and
            // wide.
            rung.handOverBefore(least + 1);
            fill(head, end);
        } else if (count <= MOST_SORTED) {
            rung.handOver();
            sort(head, end);
        } else {
            spread(head, end, rung.handOver());
        }
    }

    private void descendFromTop() {
        int head = topHead;
        int end = topEnd;
        survey(head, end);
        topHead = 0;
        topEnd = 0;
        if (least == most) {
            topFrom = most + 1;
            fill(head, end);
        } else if (count <= MOST_SORTED) {
            topFrom = most + 1;
            sort(head, end);
        } else {
            // A few events that are much later than the others would make the buckets too wide for
            // the others; they wait in the top for the next time.
            topFrom = least + reach() + 1;
            spread(head, end, topFrom);
        }
    }

    /** How far after the least a rung has narrow buckets: up to four times the mean. */
    private long reach() {
        return Math.clamp((long) (4 * (sum / count)), 1, most - least);
    }

    /**
     * Spreads a chain over a new rung that ends at {@code spanEnd}; what is later is of the top.
     */
    private void spread(int head, int end, long spanEnd) {
        Rung rung = open(spanEnd);
        int position = Chains.first(head);
        while (position != end) {
            long time = chains.time(position);
            long ticket = chains.ticket(position);
            position = chains.nextFreeing(position, end);
            if (time < spanEnd) {
                rung.add(time, ticket);
            } else {
                addToTop(time, ticket);
            }
        }
    }

    /** The bottom has grown by insertions: what is in it becomes the narrowest rung. */
    private void spreadBottom() {
        count = bottom.size();
        least = bottom.time();
        most = bottom.last();
        sum = bottom.sumAfterFirst();
        Rung rung = open(depth > 0 ? rungs[depth - 1].from() : topFrom);
        while (!bottom.isEmpty()) {
            rung.add(bottom.time(), bottom.ticket());
            bottom.removeFirst();
        }
    }

    /** A new narrowest rung, with buckets that suit what was surveyed. */
    private Rung open(long spanEnd) {
        long span = reach();
        int wanted = Math.clamp(count / PAIRS_PER_BUCKET, FEWEST_BUCKETS, MOST_BUCKETS);
        int shift = Long.SIZE - Long.numberOfLeadingZeros(span / wanted);
        Rung rung = push();
        rung.open(least, shift, (int) (span >>> shift) + 1, spanEnd);
        return rung;
    }

    private Rung push() {
        // A rung that gave its last bucket away owns no more time. Were it left where it is, then
        // bottoms that grow again and again would pile rung upon rung.
        while (depth > 0 && rungs[depth - 1].isSpent()) {
            depth--;
        }
        if (depth == rungs.length) {
            rungs = Arrays.copyOf(rungs, depth + 1);
            rungs[depth] = new Rung(chains);
        }
        return rungs[depth++];
    }

    private void addToTop(long time, long ticket) {
        topEnd = chains.room(topEnd);
        if (topHead == 0) {
            topHead = Chains.head(topEnd);
        }
        chains.put(topEnd, time, ticket);
        topEnd += 2;
    }

    private void survey(int head, int end) {
        int position = Chains.first(head);
        long first = chains.time(position);
        long low = first;
        long high = first;
        double total = 0;
        int pairs = 0;
        while (position != end) {
            long time = chains.time(position);
            low = Math.min(low, time);
            high = Math.max(high, time);
            total += time - first;
            pairs++;
            position = chains.next(position, end);
        }
        count = pairs;
        least = low;
        most = high;
        sum = total + (double) pairs * (first - low);
    }

    /** Appends a chain of one instant to the empty bottom. */
    private void fill(int head, int end) {
        bottom.clear(count);
        int position = Chains.first(head);
        while (position != end) {
            bottom.append(chains.time(position), chains.ticket(position));
            position = chains.nextFreeing(position, end);
        }
    }

    /** Sorts a short chain into the empty bottom. */
    private void sort(int head, int end) {
        sorter.clear(least, most);
        int position = Chains.first(head);
        while (position != end) {
            long ticket = chains.ticket(position);
            // Looking at the slots of a whole bucket at a time lets their cache misses overlap;
            // when the events are dispatched, one after another, the slots are near.
            if (slots.stillHolds(ticket)) {
                sorter.add(chains.time(position), ticket);
            } else {
                cancelled--;
            }
            position = chains.nextFreeing(position, end);
        }
        bottom.fillFrom(sorter);
    }

    /** Drops all cancelled events and begins anew with the others in the top. */
    private void purge() {
        int head = topHead;
        int end = topEnd;
        topHead = 0;
        topEnd = 0;
        topFrom = 0;
        while (!bottom.isEmpty()) {
            keep(bottom.time(), bottom.ticket());
            bottom.removeFirst();
        }
        while (depth > 0) {
            Rung rung = rungs[--depth];
            while (rung.seek()) {
                keep(rung.head(), rung.end());
                rung.handOver();
            }
        }
        keep(head, end);
        cancelled = 0;
    }

    private void keep(int head, int end) {
        int position = head == 0 ? end : Chains.first(head);
        while (position != end) {
            keep(chains.time(position), chains.ticket(position));
            position = chains.nextFreeing(position, end);
        }
    }

    private void keep(long time, long ticket) {
        if (slots.stillHolds(ticket)) {
            addToTop(time, ticket);
        }
    }
}
