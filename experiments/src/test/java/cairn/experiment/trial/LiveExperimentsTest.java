package cairn.experiment.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cairn.cluster.wire.Carrier;
import cairn.experiment.catalogue.ProtocolForm;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.definition.Variant;
import cairn.model.Protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What is shipped for real processes can be run on them. */
final class LiveExperimentsTest {

    private static final ScenarioReader READER = new ScenarioReader(Shipped.catalogue());

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("live"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aShippedFileAsksForNothingThatProcessesCannotDo(Path file) throws IOException {
        Experiment experiment =
                new ExperimentReader(READER).read(file.toString(), Files.readString(file));
        assertFalse(experiment.variants().isEmpty());
        for (Variant variant : experiment.variants()) {
            assertEquals(Optional.empty(), variant.subject().live().orElseThrow().refusal());
        }
    }

    @Test
    void everyProtocolOfTheCatalogueTravelsToItsProcesses() {
        for (ProtocolForm form : Shipped.catalogue().protocols()) {
            Protocol<?> protocol = READER.usual(form.name());
            byte[] bytes = Carrier.pack(protocol);
            var arrived =
                    (Protocol<?>) Objects.requireNonNull(Carrier.unpack(bytes, 0, bytes.length));
            assertEquals(protocol.seats(), arrived.seats());
            assertEquals(protocol.promise(), arrived.promise());
        }
    }
}
