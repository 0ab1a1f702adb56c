package cairn.experiment.determinism;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The experiments whose runs are held to be the same everywhere, at a size for tests. */
final class Tried {

    private static final Path LIBRARY = Path.of("library");
    private static final Pattern REQUESTS = Pattern.compile("\\brequests: [0-9_]+");

    private Tried() {}

    /** The quickstart, and experiments that are written to meet as many faults as possible. */
    static List<Experiment> experiments() {
        return Stream.concat(
                        // The loss of power strikes in the middle of this many requests too.
                        Stream.of(
                                smaller(LIBRARY.resolve("quickstart.yaml"), 400)
                                        .replace("300th", "30th")),
                        Stream.of("pmem-append.yaml", "pmem-overwrite.yaml", "disk-faults.yaml")
                                .map(Tried::resource))
                .map(text ->
                        new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                                .read("tried.yaml", text))
                .toList();
    }

    /** The files of the experiments that are shipped. */
    static List<Path> library() {
        try (Stream<Path> files = Files.list(LIBRARY)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An experiment's text with fewer requests, if it has any. */
    static String smaller(Path file, int requests) {
        try {
            String text = Files.readString(file);
            Matcher written = REQUESTS.matcher(text);
            if (written.find()) {
                return written.replaceAll("requests: " + requests);
            }
            if (text.contains("workload:")) {
                throw new IllegalStateException(file + " does not say how many requests");
            }
            // A computation has no clients; shipped ones are small as they are.
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (var stream = Tried.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
