package cairn.report.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text as outlines: it looks and measures the same in PNG and SVG and needs no font where the plot
 * is looked at.
 */
final class Lettering {
    // Sizes for a canvas of 960; in a column of 84 mm they print at 7 to 8 points.
    static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 27);
    static final Font TITLES = new Font(Font.SANS_SERIF, Font.PLAIN, 29);
    static final Font NOTES = new Font(Font.SANS_SERIF, Font.PLAIN, 25);

    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 20);

    static final FontRenderContext CONTEXT =
            new FontRenderContext(new AffineTransform(), true, true);

    /** Not after a number that a unit follows. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<![0-9]) | (?![a-zA-Z%/µ])");

    private Lettering() {}

    static double width(String text, Font font) {
        return text.isEmpty() ? 0 : layout(text, font).getAdvance();
    }

    /** The font, made smaller if the text would be wider than that. */
    static Font fitting(String text, Font font, double width) {
        double wide = width(text, font);
        return wide <= width ? font : font.deriveFont((float) (font.getSize2D() * width / wide));
    }

    /** Draws a line of text that begins at x on the baseline y. */
    static void draw(Graphics2D g, String text, Font font, double x, double y) {
        if (!text.isEmpty()) {
            g.fill(layout(text, font).getOutline(AffineTransform.getTranslateInstance(x, y)));
        }
    }

    /** Draws a line of text around x on the baseline y, or as much of it as the width holds. */
    static void drawCentred(
            Graphics2D g, String text, Font font, double x, double y, double width) {
        String shown = cut(text, font, width);
        draw(g, shown, font, x - width(shown, font) / 2, y);
    }

    /**
     * Breaks a text at spaces into at most three lines of the width, cutting what is longer. A
     * number keeps its unit.
     */
    static List<String> lines(String text, Font font, double width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : BETWEEN_WORDS.split(printable(text), -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && lines.size() < 2 && width(longer, font) > width) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(line.toString());
        return lines.stream().map(part -> cut(part, font, width)).toList();
    }

    /** The text, or as much of it as fits, ended by an ellipsis. */
    static String cut(String text, Font font, double width) {
        String shown = printable(text);
        if (width(shown, font) <= width) {
            return shown;
        }
        int end = shown.length();
        while (end > 1 && width(shown.substring(0, end) + "…", font) > width) {
            end = shown.offsetByCodePoints(end, -1);
        }
        return shown.substring(0, end).strip() + "…";
    }

    /** Control characters have no outline, and a plot has no use for line ends in a name. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static TextLayout layout(String text, Font font) {
        return new TextLayout(text, font, CONTEXT);
    }
}
