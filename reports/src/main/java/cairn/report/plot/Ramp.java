package cairn.report.plot;

import java.awt.Color;

/**
 * Colours for amounts, from light for the least to dark for the most: one hue, so that grey paper
 * and any eye show the same order. The hue is that of Brewer's Blues (C. Brewer, ColorBrewer 2.0).
 */
final class Ramp {
    private static final Color[] STEPS = {
        new Color(0xF4F8FC),
        new Color(0xD0E1F2),
        new Color(0x94C4DF),
        new Color(0x4A98C9),
        new Color(0x1764AB),
        new Color(0x08306B)
    };

    private Ramp() {}

    /** The colour of a share from 0 to 1. */
    static Color at(double share) {
        double place = Math.clamp(share, 0, 1) * (STEPS.length - 1);
        int below = Math.min((int) place, STEPS.length - 2);
        double part = place - below;
        Color low = STEPS[below];
        Color high = STEPS[below + 1];
        return new Color(
                mix(low.getRed(), high.getRed(), part),
                mix(low.getGreen(), high.getGreen(), part),
                mix(low.getBlue(), high.getBlue(), part));
    }

    /** The colour of text that is legible on it. */
    static Color ink(double share) {
        return share > 0.5 ? Color.WHITE : new Color(0x222222);
    }

    private static int mix(int low, int high, double part) {
        return (int) Math.round(low + part * (high - low));
    }
}
