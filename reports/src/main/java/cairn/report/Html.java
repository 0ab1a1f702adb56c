package cairn.report;

/** HTML being written: every text goes through {@link #text}, which takes its power away. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Markup of our own. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Anything that came from elsewhere; it shows as it is and does nothing. */
    Html text(String text) {
        text.codePoints().forEach(this::append);
        return this;
    }

    /** An element that holds text. */
    Html element(String name, String text) {
        return element(name, "", text);
    }

    /** An element of a class that holds text. */
    Html element(String name, String cssClass, String text) {
        raw("<" + name + (cssClass.isEmpty() ? "" : " class=\"" + cssClass + "\"") + ">");
        text(text);
        return raw("</" + name + ">");
    }

    /** Opens a section of a page. */
    Html section(String title) {
        return raw("<section>\n").element("h2", title).raw("\n");
    }

    /** A finding; findings are told apart by a sign and not by colour alone. */
    Html finding(Finding finding, String words) {
        return element("span", "tag " + cssClass(finding), mark(finding) + " " + words);
    }

    static String mark(Finding finding) {
        return switch (finding) {
            case HOLDS -> "✓";
            case VIOLATED -> "✗";
            case INCONCLUSIVE -> "?";
            case NOT_PROMISED -> "–";
        };
    }

    static String cssClass(Finding finding) {
        return finding.words().replace(' ', '-');
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void append(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            case '\n', '\t' -> out.appendCodePoint(c);
            // HTML has no other control characters and no lone surrogates; the replacement shows.
            default -> out.appendCodePoint(isShown(c) ? c : 0xFFFD);
        }
    }

    private static boolean isShown(int c) {
        return !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE
                && (c & 0xFFFE) != 0xFFFE;
    }
}
