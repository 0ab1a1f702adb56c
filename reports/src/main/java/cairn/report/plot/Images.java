package cairn.report.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A plot as a file. The same plot gives the same bytes on the same machine; the font that stands
 * for sans serif may differ between machines.
 */
public final class Images {
    private static final Pattern DECIMALS = Pattern.compile("(?<!opacity:)-?[0-9]+\\.[0-9]+");
    private static final Pattern BETWEEN_TAGS = Pattern.compile(">\\s+<");

    static {
        // Nothing is shown on a screen; a display that is set but not there must not stop a report.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private Images() {}

    /** PNG at twice the size of print on a screen: 960 dots wide. */
    public static byte[] png(Plot plot) {
        var painter = new Painter(plot);
        var image = new BufferedImage(Painter.WIDTH, painter.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        painter.paint(g);
        g.dispose();
        var bytes = new ByteArrayOutputStream();
        // In memory: ImageIO would keep what it writes in a temporary file meanwhile.
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return bytes.toByteArray();
    }

    /** SVG of the same drawing, with text as outlines. */
    public static String svg(Plot plot) {
        var painter = new Painter(plot);
        var graphics = new VectorGraphics2D();
        painter.paint(graphics);
        var page = new PageSize(0.0, 0.0, Painter.WIDTH, painter.height());
        var bytes = new ByteArrayOutputStream();
        try {
            new SVGProcessor().getDocument(graphics.getCommands(), page).writeTo(bytes);
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return slim(bytes.toString(StandardCharsets.UTF_8), painter.height());
    }

    /**
     * The same drawing in a third of the bytes: outlines to a tenth of a dot, no indentation, no
     * document type, and a head that lets the drawing scale.
     */
    private static String slim(String svg, int height) {
        String body = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1);
        String rounded =
                DECIMALS.matcher(body)
                        .replaceAll(number ->
                                new BigDecimal(number.group())
                                        .setScale(1, RoundingMode.HALF_UP)
                                        .stripTrailingZeros()
                                        .toPlainString());
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
                + Painter.WIDTH
                + " "
                + height
                + "\">"
                + BETWEEN_TAGS.matcher(rounded).replaceAll("><").strip()
                + "\n";
    }
}
