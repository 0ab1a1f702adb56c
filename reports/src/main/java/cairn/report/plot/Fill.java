package cairn.report.plot;

import java.awt.Color;

/** How an area is filled. Hatching tells areas apart where colours of equal lightness cannot. */
public record Fill(Color color, Hatch hatch) {

    /** Lines drawn over the colour. */
    public enum Hatch {
        NONE,
        RISING,
        FALLING,
        CROSSED
    }

    public static Fill plain(Color color) {
        return new Fill(color, Hatch.NONE);
    }
}
