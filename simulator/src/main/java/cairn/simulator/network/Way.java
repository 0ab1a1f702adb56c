package cairn.simulator.network;

import cairn.model.fault.LinkQuality;
import cairn.simulator.kernel.Kernel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What is broken on the way from one machine to another. */
final class Way {

    private final Kernel kernel;
    private final int[] isolations;
    private final int from;
    private final int to;
    private final List<Flapping> flaps = new ArrayList<>();
    private final List<LinkQuality> bad = new ArrayList<>();
    private final List<Integer> tenants = new ArrayList<>();
    private int cuts;
    private boolean flapping;
    private int changes;
    private long stopped;
    private long spoilt;
    private long diverted;
    private LinkQuality degradation = LinkQuality.PERFECT;
    private @Nullable Bottleneck bottleneck;

    /** A flap and when it began. */
    private record Flapping(long sinceNanos, long periodNanos) {

        /** Cut in the first half of each period, so that it bites when it strikes. */
        boolean cutsAt(long now) {
            return 2 * ((now - sinceNanos) % periodNanos) < periodNanos;
        }
    }

    Way(Kernel kernel, int[] isolations, int from, int to) {
        this.kernel = kernel;
        this.isolations = isolations;
        this.from = from;
        this.to = to;
    }

    boolean isOpen(long now) {
        return cuts == 0
                && isolations[from] == 0
                && isolations[to] == 0
                && (!flapping || flapsAreOpen(now));
    }

    private boolean flapsAreOpen(long now) {
        for (Flapping flap : flaps) {
            if (flap.cutsAt(now)) {
                return false;
            }
        }
        return true;
    }

    /** A message did not pass, because the way is cut. */
    void stop() {
        stopped++;
    }

    /** Something befell a message; counted if the quality is not the link's own. */
    void spoil() {
        spoilt += bad.isEmpty() ? 0 : 1;
    }

    /** A message reached another than the one it was for. */
    void misdeliver() {
        diverted++;
    }

    /** How many messages did not pass so far. */
    long stopped() {
        return stopped;
    }

    /** How many messages were lost, doubled, corrupted or late so far, while the way was bad. */
    long spoilt() {
        return spoilt;
    }

    /** How many messages reached another so far. */
    long diverted() {
        return diverted;
    }

    /** What all faults together add to the link's own quality. */
    LinkQuality degradation() {
        return degradation;
    }

    /** Where messages wait for each other, if the way is narrow. */
    Bottleneck bottleneck() {
        if (bottleneck == null) {
            bottleneck = new Bottleneck(kernel);
        }
        return bottleneck;
    }

    /** How often the degradation changed. */
    int changes() {
        return changes;
    }

    /** Who receives messages in place of the one they are for; -1 for nobody. */
    int tenant() {
        return tenants.isEmpty() ? -1 : tenants.getLast();
    }

    void divert(int tenant) {
        tenants.add(tenant);
    }

    void rejoin(int tenant) {
        if (!tenants.remove(Integer.valueOf(tenant))) {
            throw new IllegalStateException("n" + from + ">n" + to + " does not end at n" + tenant);
        }
    }

    void cut() {
        cuts++;
    }

    void join() {
        if (cuts == 0) {
            throw new IllegalStateException("n" + from + ">n" + to + " is not cut");
        }
        cuts--;
    }

    void flap(long now, long periodNanos) {
        flaps.add(new Flapping(now, periodNanos));
        flapping = true;
    }

    /** Ends the flap of this period that began first. */
    void settle(long periodNanos) {
        for (int i = 0; i < flaps.size(); i++) {
            if (flaps.get(i).periodNanos == periodNanos) {
                flaps.remove(i);
                flapping = !flaps.isEmpty();
                return;
            }
        }
        throw new IllegalStateException(
                "n" + from + ">n" + to + " does not flap every " + periodNanos + " ns");
    }

    void degrade(LinkQuality quality) {
        bad.add(quality);
        combine();
    }

    void mend(LinkQuality quality) {
        if (!bad.remove(quality)) {
            throw new IllegalStateException("n" + from + ">n" + to + " is not bad: " + quality);
        }
        combine();
    }

    private void combine() {
        changes++;
        double before = degradation.bytesPerNano();
        degradation = LinkQuality.PERFECT;
        for (LinkQuality quality : bad) {
            degradation = both(degradation, quality);
        }
        if (bottleneck != null && degradation.bytesPerNano() != before) {
            bottleneck.changed();
        }
    }

    /** Two causes of trouble, independent of each other. */
    static LinkQuality both(LinkQuality one, LinkQuality other) {
        return new LinkQuality(
                either(one.loss(), other.loss()),
                either(one.duplication(), other.duplication()),
                either(one.reordering(), other.reordering()),
                either(one.corruption(), other.corruption()),
                one.extraDelayNanos() + other.extraDelayNanos(),
                Math.min(one.bytesPerNano(), other.bytesPerNano()));
    }

    private static double either(double p, double q) {
        // Written so that zero changes nothing in the last bit of the other.
        return p == 0 ? q : q == 0 ? p : 1 - (1 - p) * (1 - q);
    }
}
