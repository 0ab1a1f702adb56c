package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.failures.FailureTrace;
import cairn.experiment.file.UserMistake;
import cairn.fault.SeededChoices;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.report.FaultMark;

import org.apache.commons.math3.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** When faults strike: laws, gaps that were seen, and failures that were recorded. */
class FailureLawsTest {

    private static final String TRACE =
            """
            System,nodes,nodenumz,Prob Started,Prob Fixed,Down Time,Software
            2,49,0,6/21/2005 10:54,6/21/2005 11:00,6,
            2,49,4,6/21/2005 12:54,6/21/2005 13:00,6,"MPI, PVM"
            2,49,1,,6/21/2005 13:00,6,
            2,49,x,6/21/2005 12:54,6/21/2005 13:00,6,
            3,49,0,6/21/2005 12:54,6/21/2005 13:00,6,
            2,49,1,12/31/2004 23:59,1/1/2005 0:01,2,
            2,49,2
            """;

    private static List<FaultMark> faults(String fault) {
        String text =
                "name: laws\nquestion: When?\nprotocol: rdma-pmem\n"
                        + "workload: {clients: 1, requests: 1_000_000}\n"
                        + "limits: {faults until: 40 ms, most events: 400_000}\nfaults:\n  - {"
                        + fault
                        + "}\n";
        return new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                .read("laws.yaml", text)
                .variants()
                .getFirst()
                .subject()
                .run(new SeededChoices(1), null)
                .faults();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "law: exponential",
                "shape: 0.7",
                "law: weibull, shape: 2",
                "law: gamma, shape: 0.5",
                "law: lognormal, shape: 1.2"
            })
    void aLawHasTheMeanThatIsWritten(String law) {
        List<FaultMark> struck =
                faults(
                        "pause: backup-1, every: 100 us, "
                                + law
                                + ", at most: 100_000, heal after: 0 ns");
        assertEquals(400, struck.size(), 90, law);
    }

    @Test
    void gammaQuantilesAreThoseOfCommonsMath() {
        for (double shape : new double[] {0.1, 0.5, 1, 2.5, 40}) {
            Law law = new Law.Gamma(1e9, shape);
            var known = new GammaDistribution(shape, 1e9);
            for (int i = 1; i < 64; i++) {
                double expected = known.inverseCumulativeProbability(i / 64.0);
                assertEquals(expected, (double) law.at((long) i << 58), 1 + 1e-6 * expected);
            }
        }
    }

    @Test
    void gapsThatWereSeenAreDrawnAlike() {
        var choice =
                new Choice("gap", new Law.Empirical(List.of(30L, 10L, 20L)), new SeededChoices(1));
        int[] drawn = new int[3];
        for (int i = 0; i < 3_000; i++) {
            drawn[(int) choice.ask() / 10 - 1]++;
        }
        for (int count : drawn) {
            assertEquals(1_000, count, 120);
        }
        List<FaultMark> struck =
                faults(
                        "pause: backup-1, gaps: [100 us, 300 us], at most: 100_000, heal after: 0"
                                + " ns");
        for (int i = 1; i < struck.size(); i++) {
            long gap = struck.get(i).atNanos() - struck.get(i - 1).atNanos();
            assertTrue(gap == 100_000 || gap == 300_000, "a gap of " + gap);
        }
        assertEquals(200, struck.size(), 40);
    }

    @Test
    void gapsMayBeInAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("gaps.csv");
        Files.writeString(file, "gap,node\n# seen in May\n100 us,3\n\n\"300 us\",4\n");
        String rest = ", at most: 100_000, heal after: 0 ns";
        assertEquals(
                faults("pause: backup-1, gaps: [100 us, 300 us]" + rest),
                faults("pause: backup-1, gaps: {file: " + file + "}" + rest));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 ms;-2 ms | gaps.csv:2: a gap is zero or more: '-2 ms'",
                "gap;3 parsecs | gaps.csv:2: ",
                "gap;# none | gaps.csv: there is no gap in it"
            })
    void aMistakeInAFileOfGapsNamesItsLine(String lines, String message, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("gaps.csv");
        Files.writeString(file, lines.replace(';', '\n'));
        UserMistake mistake =
                assertThrows(
                        UserMistake.class,
                        () -> faults("pause: backup-1, gaps: {file: " + file + "}"));
        String said = String.valueOf(mistake.getMessage());
        assertTrue(said.startsWith("laws.yaml:7:") && said.contains(message), said);
    }

    @Test
    void recordedFailuresStrikeWhereAndWhenTheyDid(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("failures.csv"), TRACE);
        List<FaultMark> struck =
                faults(
                        "crash: [primary, backup-1, pmu-1], replay: {file: '"
                                + file
                                + "', system: 2, from: 2005, speed: 1_000_000}");
        // Two hours apart, a million times as fast: 7.2 ms. Node 4 is the second place of three.
        assertEquals(
                List.of(
                        new FaultMark(0, "crash primary"),
                        new FaultMark(7_200_000, "crash backup-1")),
                struck);
    }

    @Test
    void aFaultSpreadsToItsNeighboursWithinAWindow() {
        List<FaultMark> struck =
                faults(
                        "pause: primary, every: 100 us, at most: 100_000, heal after: 1 us, spread:"
                                + " {to: [backup-1, pmu-1], probability: 25 %, within: 20 us}");
        long causes = count(struck, "pause primary");
        assertTrue(Math.abs(causes - 400) <= 80, causes + " causes");
        for (String neighbour : List.of("pause backup-1", "pause pmu-1")) {
            assertEquals(causes / 4.0, (double) count(struck, neighbour), 35, neighbour);
        }
        for (FaultMark mark : struck) {
            assertTrue(
                    struck.stream()
                            .filter(cause -> cause.label().equals("pause primary"))
                            .anyMatch(cause ->
                                    mark.atNanos() >= cause.atNanos()
                                            && mark.atNanos() <= cause.atNanos() + 20_000),
                    mark + " has no cause");
        }
    }

    private static long count(List<FaultMark> struck, String label) {
        return struck.stream().filter(mark -> mark.label().equals(label)).count();
    }

    @Test
    void rowsThatAreLeftOutAreCountedWithTheReason(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("failures.csv"), TRACE);
        FailureTrace trace = FailureTrace.read(file);
        assertEquals(4, trace.failures().size());
        assertEquals(
                Map.of("not a time", 1, "not a node", 1, "cells are missing", 1), trace.leftOut());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every: 1 ms, law: exponential, shape: 2 | 61: an exponential law has no 'shape'",
                "every: 1 ms, law: gama, shape: 2 | 41: unknown law 'gama'; did you mean 'gamma'?",
                "every: 1 ms, law: gamma | 5: 'pause' needs 'shape'",
                "gaps: [1 ms, -2 ms] | 36: a gap is zero or more: '-2 ms'",
                "gaps: {file: none.csv} | 36: none.csv: there is no such file",
                "gaps: {} | 29: 'gaps' needs 'file'",
                "gaps: [1 ms], shape: 2 | 44: 'shape' belongs to faults that strike 'every' so"
                        + " often",
                "replay: {file: none.csv, system: 2} | 38: none.csv: there is no such file",
                "at: 1 ms, spread: {to: pmu-1, probability: 2, within: 1 ms} | 41: a probability"
                        + " lies in [0, 1], and a time is zero or more: 2.0, 1000000",
                "at: 1 ms, spread: {to: backup-1, probability: 20 %, within: 1 ms} | 41: a fault"
                        + " does not cause itself: Pause[node=n1]",
                "replay: {system: 2} | 31: 'replay' needs 'file'",
                "at: 1 ms, replay: {file: none.csv, system: 2} | 27: a fault that is replayed has"
                        + " no 'at'",
            })
    void aMistakeHasOneLine(String law, String message) {
        UserMistake mistake =
                assertThrows(UserMistake.class, () -> faults("pause: backup-1, " + law));
        assertEquals("laws.yaml:7:" + message, mistake.getMessage());
    }
}
