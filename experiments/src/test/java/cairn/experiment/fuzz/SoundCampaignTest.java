package cairn.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.exploration.SearchForm;
import cairn.fault.RandomFault;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.protocol.SoundRuns;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * No strategy accuses a correct protocol. The build tries one run of each strategy on each
 * protocol; {@code ./cairn sound} goes on to a million, and keeps the count in a journal.
 */
final class SoundCampaignTest {

    private static final String JOURNAL = System.getProperty("cairn.sound.journal", "");
    private static final long RUNS = Long.getLong("cairn.sound.runs", 0);
    private static final long FROM = Long.getLong("cairn.sound.from", 1);
    private static final Set<String> PROTOCOLS =
            Arrays.stream(System.getProperty("cairn.sound.protocols", "").split(","))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toSet());

    @TempDir private Path folder = Path.of("");

    @Test
    void noCorrectProtocolIsAccused() throws Exception {
        Path journal = JOURNAL.isEmpty() ? folder.resolve("journal") : Path.of(JOURNAL);
        long blocks = (long) SearchForm.values().length * SoundCampaign.protocols().size();
        var campaign = new SoundCampaign(RUNS > 0 ? 20 : 1, FROM, PROTOCOLS, journal);
        List<String> alarms = campaign.run(RUNS > 0 ? RUNS : blocks);
        System.out.println(summary(campaign));
        assertEquals(List.of(), alarms);
    }

    private static String summary(SoundCampaign campaign) throws IOException {
        List<SoundCampaign.Block> blocks = campaign.blocks();
        return blocks.stream().mapToLong(SoundCampaign.Block::runs).sum()
                + " runs of "
                + blocks.stream().map(SoundCampaign.Block::protocol).distinct().count()
                + " protocols under "
                + blocks.stream().map(SoundCampaign.Block::form).distinct().count()
                + " strategies; a checkpoint was restored in "
                + blocks.stream().mapToLong(SoundCampaign.Block::restored).sum()
                + ", not finished "
                + blocks.stream().mapToLong(SoundCampaign.Block::unfinished).sum()
                + "; alarms "
                + campaign.alarms();
    }

    @Test
    void aCampaignBeginsWhereItIsToldAndTriesTheProtocolsThatAreNamed() throws Exception {
        var campaign = new SoundCampaign(1, 7, Set.of("restart"), folder.resolve("journal"));
        campaign.run(SearchForm.values().length + 1);
        List<SoundCampaign.Block> blocks = campaign.blocks();
        assertEquals(
                Set.of("restart"),
                blocks.stream().map(SoundCampaign.Block::protocol).collect(Collectors.toSet()));
        assertEquals(
                Set.of(7L, 8L),
                blocks.stream().map(SoundCampaign.Block::seed).collect(Collectors.toSet()));
    }

    /** Where the promise is that one may have failed at a time, one place fails, of any. */
    @Test
    void noMorePlacesFailAtATimeThanThePromiseCovers() {
        SoundRuns sender =
                SoundCampaign.protocols().stream()
                        .filter(runs -> runs.protocol().equals("logging-sender"))
                        .findFirst()
                        .orElseThrow();
        Set<NodeId> failing = new HashSet<>();
        for (long seed = 1; seed <= 10; seed++) {
            List<NodeId> crash =
                    SoundCampaign.anywhere(sender.drawn().apply(seed), seed)
                            .faults()
                            .random()
                            .stream()
                            .map(RandomFault::fault)
                            .filter(Fault.ProcessCrash.class::isInstance)
                            .map(fault -> ((Fault.ProcessCrash) fault).node())
                            .toList();
            assertEquals(1, crash.size());
            failing.addAll(crash);
        }
        assertTrue(failing.size() > 1);
    }

    @Test
    void aCampaignGoesOnWhereItWas() throws Exception {
        Path journal = folder.resolve("journal");
        new SoundCampaign(1, 1, Set.of(), journal).run(3);
        List<String> before = Files.readAllLines(journal);
        // What a killed process was writing.
        Files.writeString(journal, String.join("\n", before) + "\nrdma-pmem swarm 1 1");
        var again = new SoundCampaign(1, 1, Set.of(), journal);
        assertEquals(3, again.blocks().size());
        again.run(6);
        assertEquals(
                6,
                again.blocks().stream()
                        .map(block -> block.form())
                        .collect(Collectors.toSet())
                        .size());
        assertTrue(Files.readString(journal).startsWith(String.join("\n", before)));
    }
}
