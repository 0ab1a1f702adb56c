package cairn.simulator.network;

import cairn.model.choice.Chances;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.fault.LinkQuality;

import org.jspecify.annotations.Nullable;

/**
 * The questions that a link asks of each message; what cannot happen is not asked.
 *
 * <p>Those of the link's own quality are named "loss n1>n2"; those of a quality that faults made
 * worse have the probability in their name, "loss 0.1 n1>n2", so that each name has one law.
 */
final class Dice {

    private final LinkQuality own;
    private final String prefix;
    private final String link;
    private final Chances chances;
    private @Nullable Choice loss;
    private @Nullable Choice duplication;
    private @Nullable Choice reordering;
    private @Nullable Choice corruption;
    private int changes;
    private long extraDelayNanos;
    private double bytesPerNano;
    private boolean certain;

    Dice(LinkQuality own, String prefix, String link, Choices choices) {
        this.own = own;
        this.prefix = prefix;
        this.link = link;
        this.chances = new Chances(choices);
        load(own);
    }

    /** Takes over what faults add to the link's own quality; cheap when nothing changed. */
    void degrade(Way way) {
        if (way.changes() != changes) {
            changes = way.changes();
            load(Way.both(own, way.degradation()));
        }
    }

    private void load(LinkQuality quality) {
        loss = choice("loss", quality.loss(), own.loss());
        duplication = choice("duplication", quality.duplication(), own.duplication());
        reordering = choice("reordering", quality.reordering(), own.reordering());
        corruption = choice("corruption", quality.corruption(), own.corruption());
        extraDelayNanos = quality.extraDelayNanos();
        bytesPerNano = quality.bytesPerNano();
        certain = loss == null && duplication == null && reordering == null && corruption == null;
    }

    private @Nullable Choice choice(String what, double probability, double ownProbability) {
        if (probability == 0) {
            return null;
        }
        String aspect = probability == ownProbability ? what : what + " " + probability;
        return chances.of(prefix + aspect + " " + link, probability);
    }

    /** Whether nothing is to be asked: each message arrives once, in order. */
    boolean isCertain() {
        return certain;
    }

    long extraDelayNanos() {
        return extraDelayNanos;
    }

    /** What passes in a nanosecond; infinity where the ports alone decide. */
    double bytesPerNano() {
        return bytesPerNano;
    }

    boolean loses() {
        return loss != null && loss.happens();
    }

    boolean doubles() {
        return duplication != null && duplication.happens();
    }

    boolean holdsBack() {
        return reordering != null && reordering.happens();
    }

    boolean corrupts() {
        return corruption != null && corruption.happens();
    }
}
