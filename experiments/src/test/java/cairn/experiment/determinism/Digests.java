package cairn.experiment.determinism;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.fault.SeededChoices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The digest of each trial, one line of experiment, variant, seed, events and digest for each. As a
 * program it writes them to a file: {@code Digests FILE SEEDS}.
 */
final class Digests {

    private Digests() {}

    public static void main(String[] words) throws IOException {
        Files.write(Path.of(words[0]), upTo(Integer.parseInt(words[1])));
    }

    /** The lines of all experiments under the seeds from 1 to the last, seed by seed. */
    static List<String> upTo(int lastSeed) {
        var lines = new ArrayList<String>();
        List<Experiment> experiments = Tried.experiments();
        for (long seed = 1; seed <= lastSeed; seed++) {
            for (Experiment experiment : experiments) {
                for (Variant variant : experiment.variants()) {
                    var outcome = variant.subject().run(new SeededChoices(seed), null);
                    lines.add(
                            "%s %s %d %d %s"
                                    .formatted(
                                            experiment.name(),
                                            variant.label(),
                                            seed,
                                            outcome.counts().kernelEvents(),
                                            outcome.digest()));
                }
            }
        }
        return lines;
    }
}
