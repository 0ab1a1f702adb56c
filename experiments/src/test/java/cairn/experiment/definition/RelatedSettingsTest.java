package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.file.UserMistake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that are wrong only beside each other: the one that has to be changed is named. */
final class RelatedSettingsTest {

    private static final ExperimentReader READER =
            new ExperimentReader(new ScenarioReader(Shipped.catalogue()));

    private static final String FILE =
            """
            name: related
            question: Which one is wrong?
            protocol: segments
            settings: {%s}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "redundancy | scheme: xor, group size: 40 | 37: 'group size': at most 6 with 6"
                        + " ranks, not 40",
                "redundancy | scheme: partner, tolerated: 6 | 40: 'tolerated': at most 5 with 6"
                        + " ranks, not 6",
                "redundancy | group size: 2, ranks per domain: 7 | 45: 'ranks per domain': at most"
                        + " 6 with 6 ranks, not 7",
                "redundancy | interval: 2 ms, ranks per domain: 2 | 46: 'ranks per domain': 2 ranks"
                        + " fail together, and there are only 1 groups to keep them apart",
                "multilevel | partner distance: 40 | 30: 'partner distance': at most 5 with 6"
                        + " ranks, not 40",
                "logging | family: causal, failures: 6 | 38: 'failures': at most 5 with 6 ranks,"
                        + " not 6"
            })
    void whatAsksForMoreThanTheRanksThatThereAreIsNamed(
            String protocol, String settings, String message) {
        String text =
                FILE.replace("segments", protocol).replace("%s", settings)
                        + "application: {stencil: {ranks: 6}}\n";
        assertEquals("related.yaml:4:" + message, mistake(text).getMessage());
    }

    @Test
    void whatCannotFitIntoMemoryIsRefusedWithAnEstimate() {
        String text =
                FILE.replace("segments", "restart").replace("%s", "")
                        + "application: {stencil: {ranks: 200_000_000}}\n";
        String message = String.valueOf(mistake(text).getMessage());
        assertTrue(
                message.startsWith(
                        "related.yaml:5:32: 'ranks': 200,000,000 machines need 5.96 TiB of memory"
                                + " or more, and the JVM may take "),
                message);
        assertTrue(message.endsWith(": fewer, or CAIRN_JAVA_OPTS=-Xmx12207g"), message);
    }

    @Test
    void aDefaultThatIsMoreThanTheRanksThatThereAreTakesAllOfThem() {
        String text =
                FILE.replace("segments", "redundancy").replace("%s", "")
                        + "application: {stencil: {ranks: 3}}\n";
        assertEquals(1, READER.read("related.yaml", text).variants().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "able nodes: 1, storage nodes: 2, failure domains: 3, replicas: 3 | 4:75 |"
                        + " 'replicas': replicas lie in other failure domains than the"
                        + " application's node, so of 3 there are 1 to 2: 3",
                "replicas: 3, able nodes: 1, storage nodes: 2, failure domains: 3 | 4:22 |"
                        + " 'replicas': replicas lie in other failure domains than the"
                        + " application's node, so of 3 there are 1 to 2: 3",
                "able nodes: 1, failure domains: 2 | 4:44 |"
                        + " 'failure domains': replicas lie in other failure domains than the"
                        + " application's node, so of 2 there are 1 to 1: 2",
                "able nodes: 1, storage nodes: 3 | 4:24 |"
                        + " 'able nodes': failure domains lie in [2, 4]: 5",
                "able nodes: 0, replicas: 9 | 4:24 |"
                        + " 'able nodes': able nodes lie in [1, 16]: 0",
                "heartbeat: 6 ms, suspect after: 9 ms | 4:23 |"
                        + " 'heartbeat': a silence is longer than the time between two heartbeats:"
                        + " 6 ms, 9 ms, 5 ms"
            })
    void theOneThatTheRefusalHingesOnIsNamed(String settings, String place, String message) {
        String text = FILE.replace("%s", settings);
        assertEquals("related.yaml:" + place + ": " + message, mistake(text).getMessage());
    }

    private static UserMistake mistake(String text) {
        return assertThrows(UserMistake.class, () -> READER.read("related.yaml", text));
    }
}
