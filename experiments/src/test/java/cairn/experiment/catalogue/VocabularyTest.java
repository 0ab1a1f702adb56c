package cairn.experiment.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.report.FaultMark;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Each line of the vocabulary in docs/fault-model.md strikes where it says. */
class VocabularyTest {

    private static final Pattern WRITTEN = Pattern.compile("`\\{(([a-z ]+): [^`]+)\\}`");

    private static List<MatchResult> faults() throws IOException {
        String page = Files.readString(Path.of("../docs/fault-model.md"));
        int begin = page.indexOf("## The vocabulary");
        String table = page.substring(begin, page.indexOf("\n## ", begin + 1));
        return WRITTEN.matcher(table).results().toList();
    }

    static List<String> written() throws IOException {
        return faults().stream().map(found -> found.group(1)).toList();
    }

    private static List<FaultMark> struck(String fault) {
        boolean ofDisk = fault.matches(".*(disk|sync|sector|misdirected).*");
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
        Outcome outcome =
                new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                        .read("word.yaml", text)
                        .variants()
                        .getFirst()
                        .subject()
                        .run(new SeededChoices(1), null);
        return outcome.faults();
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatIsWrittenStrikes(String fault) {
        String name = fault.substring(0, fault.indexOf(':'));
        List<FaultMark> struck = struck(fault);
        assertTrue(
                struck.stream().anyMatch(mark -> mark.label().startsWith(name)),
                fault + " struck as " + struck);
    }

    @Test
    void everyFaultIsInTheVocabulary() throws IOException {
        var known = new TreeSet<>(Faults.names());
        var found = new TreeSet<String>();
        faults().forEach(word -> found.add(word.group(2)));
        assertEquals(known, found);
    }
}
