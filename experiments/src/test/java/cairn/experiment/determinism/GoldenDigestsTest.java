package cairn.experiment.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The digests of today's runs are those of the repository. A digest changes when what happens in a
 * run changes, be it one message; the commit that writes it anew says why.
 */
final class GoldenDigestsTest {

    private static final Path FILE =
            Path.of("src/test/resources/cairn/experiment/determinism/golden.digests");
    private static final int SEEDS = 5;
    private static final String AGAIN =
            "mvn -pl experiments -am test -Dtest=GoldenDigestsTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dcairn.golden=write";

    @Test
    void runsAreThoseOfTheRepository() throws IOException {
        var now = new ArrayList<String>();
        now.add(
                "# Experiment, variant, seed, events, digest. Changes only in a commit that says"
                        + " why.");
        now.add("# " + AGAIN);
        now.addAll(Digests.upTo(SEEDS));
        if (System.getProperty("cairn.golden", "").equals("write")) {
            Files.write(FILE, now);
        }
        List<String> golden = Files.readAllLines(FILE);
        assertEquals(
                String.join("\n", golden),
                String.join("\n", now),
                "runs have changed; if that is meant, say why in the commit and write them anew: "
                        + AGAIN);
    }
}
