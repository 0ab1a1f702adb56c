package cairn.experiment.definition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A question, and the runs that are to answer it.
 *
 * @param name names the folder of its results
 * @param file where it was read from
 * @param text what the file says, to the letter
 * @param overrides what the command line put in the place of what the file says: {@code
 *     settings.persist=two-sided}
 * @param configuration all that determines its trials and verdicts: the file with what it includes
 *     and with the overrides, as YAML without comments
 * @param seeds the seeds under which each variant is tried
 */
public record Experiment(
        String name,
        String question,
        String file,
        String text,
        List<String> overrides,
        String configuration,
        List<Variant> variants,
        List<Long> seeds,
        List<Expected> expectations) {

    public Experiment {
        overrides = List.copyOf(overrides);
        variants = List.copyOf(variants);
        seeds = List.copyOf(seeds);
        expectations = List.copyOf(expectations);
    }

    /** The first 16 digits of the configuration's SHA-256: equal hashes, equal experiments. */
    public String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(configuration.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
