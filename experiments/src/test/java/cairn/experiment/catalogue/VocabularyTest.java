package cairn.experiment.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.model.Hardware;
import cairn.model.Seat;
import cairn.report.FaultMark;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Each line of the vocabulary in docs/fault-model.md strikes where it says. */
class VocabularyTest {

    private static final Pattern WRITTEN = Pattern.compile("`\\{(([a-z ]+): [^`]+)\\}`");

    /** Nobody in these two protocols reads a clock. */
    private static final List<String> UNFELT = List.of("clock skew", "clock jump");

    private static List<MatchResult> faults() throws IOException {
        String page = Files.readString(Path.of("../docs/fault-model.md"));
        int begin = page.indexOf("## The vocabulary");
        String table = page.substring(begin, page.indexOf("\n## ", begin + 1));
        return WRITTEN.matcher(table).results().toList();
    }

    static List<String> written() throws IOException {
        return faults().stream().map(found -> found.group(1)).toList();
    }

    private static Outcome run(String fault) {
        boolean ofDisk = fault.matches(".*(disk|sync|sector|misdirected|truncation).*");
        // A second and a third start must have come about first.
        String before =
                fault.contains("boot")
                        ? "  - {crash: primary, every: 2 ms, at most: 3, heal after: 100 us}\n"
                        : "";
        String when =
                fault.contains("after: 2nd") || fault.contains("after: 3rd") ? "" : ", at: 1 ms";
        String text =
                "name: word\nquestion: Does it strike?\nprotocol: "
                        + (ofDisk ? "local-disk" : "rdma-pmem")
                        + "\nworkload: {clients: 2, requests: 2_000, timeout: 5 ms}\nfaults:\n"
                        + before
                        + "  - {"
                        + fault
                        + when
                        + "}\n";
        return new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                .read("word.yaml", text)
                .variants()
                .getFirst()
                .subject()
                .run(new SeededChoices(1), null);
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatIsWrittenStrikes(String fault) {
        String name = fault.substring(0, fault.indexOf(':'));
        Outcome outcome = run(fault);
        List<FaultMark> struck = outcome.faults();
        assertTrue(
                struck.stream().anyMatch(mark -> mark.label().startsWith(name)),
                fault + " struck as " + struck);
        assertEquals(
                UNFELT.contains(name),
                outcome.counts().ordered().getLast().isVain(),
                fault + ": " + outcome.counts().ordered());
    }

    /** What strikes one machine, as written, aimed at each machine of each protocol. */
    static Stream<Arguments> aimed() throws IOException {
        List<String> written =
                faults().stream()
                        .filter(word -> !word.group(1).contains("->"))
                        .filter(word -> ofOneMachine(word.group(2)))
                        .map(word -> word.group(1))
                        .toList();
        return Shipped.catalogue().protocols().stream()
                .map(ProtocolForm::name)
                .flatMap(protocol -> written.stream().map(fault -> Arguments.of(protocol, fault)));
    }

    private static boolean ofOneMachine(String name) {
        FaultForm form = Faults.named(name);
        return !form.isOfLink() && !form.isOfDomain();
    }

    /** A fault of what a machine lacks is a mistake of whoever wrote it, at its place. */
    @ParameterizedTest
    @MethodSource("aimed")
    void aFaultOfWhatAMachineLacksIsAMistake(String protocol, String fault) {
        for (Seat seat : seats(protocol)) {
            String aimed =
                    fault.replaceFirst(": [^,}]+", ": " + seat.role())
                            .replaceFirst(", (at|after|every): [^,}]+", "");
            String entry = aimed + ", at: 1 ms";
            String text =
                    "name: aimed\nquestion: Has it one?\nprotocol: "
                            + protocol
                            + "\nfaults:\n  - {"
                            + entry
                            + "}\n";
            Optional<String> mistake = mistake(text);
            boolean lacks = !hasWhatIsStruck(seat.hardware(), fault);
            assertEquals(lacks, mistake.isPresent(), text + mistake);
            mistake.ifPresent(said ->
                    assertTrue(said.startsWith("aimed.yaml:5:") && said.contains("none"), said));
        }
    }

    /** Whether a machine has what a fault strikes, by the words of the fault. */
    private static boolean hasWhatIsStruck(Hardware machine, String fault) {
        if (fault.matches(".*(disk|sync|sector|misdirected|truncation).*")) {
            return machine.disk();
        }
        return switch (fault.substring(0, fault.indexOf(':'))) {
            case "nic reset" -> machine.nic();
            case "memory rot" -> machine.persistentBytes() > 0;
            case "failed protection" -> machine.memoryBytes() > 0;
            default -> true;
        };
    }

    private static List<Seat> seats(String protocol) {
        return new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                .read("seats.yaml", "name: a\nquestion: b\nprotocol: " + protocol + "\n")
                .variants()
                .getFirst()
                .subject()
                .runs()
                .seats();
    }

    private static Optional<String> mistake(String text) {
        try {
            new ExperimentReader(new ScenarioReader(Shipped.catalogue())).read("aimed.yaml", text);
            return Optional.empty();
        } catch (UserMistake mistake) {
            return Optional.of(String.valueOf(mistake.getMessage()));
        }
    }

    @Test
    void decayBeyondTheEndOfMemoryIsAMistake() {
        String said =
                mistake(
                                "name: a\n"
                                        + "question: b\n"
                                        + "protocol: rdma-pmem\n"
                                        + "faults:\n"
                                        + "  - {memory rot: pmu-1, address: 1, length: 4 EB, at: 1"
                                        + " ms}\n")
                        .orElseThrow();
        assertTrue(said.contains("aimed.yaml:5:") && said.contains("has "), said);
    }

    @Test
    void everyFaultIsInTheVocabulary() throws IOException {
        var known = new TreeSet<>(Faults.names());
        var found = new TreeSet<String>();
        faults().forEach(word -> found.add(word.group(2)));
        assertEquals(known, found);
    }
}
