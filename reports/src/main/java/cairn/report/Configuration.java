package cairn.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * All that determines the trials of an experiment and their verdicts: its file with what that
 * includes and with what the command line changed. Its hash stands in every data file, so that
 * figures of different configurations are not mixed up.
 */
public record Configuration(String text) {

    /** The first 16 digits of the SHA-256 of the text in UTF-8. */
    public String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
