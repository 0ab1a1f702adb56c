package cairn.virtual.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.cluster.disk.FileLayer;
import cairn.cluster.disk.Folder;
import cairn.fault.Answer;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.fault.SeededChoices;
import cairn.fault.Shrinker;
import cairn.fault.strategy.Sampling;
import cairn.fault.strategy.Shard;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Protocol;
import cairn.model.choice.Law;
import cairn.model.choice.Mix;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;
import cairn.model.service.Workload;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskMessage;
import cairn.protocol.localdisk.LocalDiskSettings;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;
import cairn.verification.Examined;
import cairn.verification.Runs;
import cairn.verification.Search;
import cairn.virtual.jgroups.Stack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The live adapter with its real files, on JGroups, in virtual time. */
final class VirtualClusterTest {

    private static final NodeId SERVER = new NodeId(0);
    private static final long SECOND = 1_000_000_000L;

    @TempDir private Path folder = Path.of("");

    private final List<Observation> observations = new ArrayList<>();

    private static Protocol<LocalDiskMessage> sound() {
        return new LocalDisk(
                LocalDiskSettings.DEFAULT, new Bank(BankSettings.DEFAULT), 2, CpuCosts.DEFAULT);
    }

    private static Scenario<LocalDiskMessage> scenario(
            Protocol<LocalDiskMessage> protocol, long requests, long thinkNanos, FaultPlan faults) {
        var workload = new Workload(2, requests, new Workload.Loop.Closed(thinkNanos), SECOND / 2);
        return new Scenario<>(
                protocol,
                new Application.Served(new Bank(BankSettings.DEFAULT), workload),
                new Environment(
                        CpuCosts.DEFAULT,
                        NetworkCosts.MESSAGES,
                        RdmaCosts.DEFAULT,
                        Platform.COMMON,
                        DiskCosts.NVME_PROTECTED,
                        false),
                faults,
                new Bounds(64, 60 * SECOND, 1_000_000),
                new Limits(20 * SECOND, SECOND / 100, SECOND / 100, 5_000_000));
    }

    private RunResult run(long requests, long seed, Injection... faults) {
        observations.clear();
        return VirtualCluster.run(
                scenario(sound(), requests, 0, new FaultPlan(List.of(faults), List.of())),
                Stack.QUICK,
                FileLayer.Opening.REAL,
                folder.resolve("run"),
                new SeededChoices(seed),
                List.of(observations::add));
    }

    /** Kills, losses of power and cuts of the server, soon after it has begun. */
    private static FaultPlan trouble() {
        List<RandomFault> faults = new ArrayList<>();
        for (Fault fault :
                List.of(
                        new Fault.ProcessCrash(SERVER),
                        new Fault.PowerLoss(SERVER),
                        new Fault.Isolation(SERVER))) {
            Law soon = new Law.Uniform(SECOND + SECOND / 10, SECOND + SECOND / 3);
            faults.add(new RandomFault(fault.kind().name(), fault, soon, 1, SECOND / 10));
        }
        return new FaultPlan(List.of(), faults);
    }

    private Optional<Examined> search(Runs runs, long most) {
        return new Search(runs, new Sampling("seeds", SeededChoices::new, 1, Shard.WHOLE))
                .find(most);
    }

    @Test
    void theWholeLiveStackIsSearchedAndAServerThatForgetsItsFilesIsFoundAndShrunk() {
        Path files = folder.resolve("search");
        Runs good =
                VirtualCluster.runs(
                        scenario(sound(), 12, SECOND / 50, trouble()),
                        Stack.QUICK,
                        FileLayer.Opening.REAL,
                        files);
        assertEquals("", search(good, 3).map(run -> run.breach().toString()).orElse(""));
        Runs bad =
                VirtualCluster.runs(
                        scenario(new Forgetful<>(sound()), 12, SECOND / 50, trouble()),
                        Stack.QUICK,
                        FileLayer.Opening.REAL,
                        files);
        List<Answer> fewest = foundAndShrunk(bad);
        assertTrue(
                fewest.stream()
                        .anyMatch(answer -> answer.choice().matches("PROCESS_CRASH|POWER_LOSS")),
                fewest.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileLayerThatDoesNotSyncIsFoundByALossOfPowerAndShrunk(boolean contents) {
        Runs bad =
                VirtualCluster.runs(
                        scenario(sound(), 12, SECOND / 50, trouble()),
                        Stack.QUICK,
                        path -> new Careless(new Folder(path), !contents, contents),
                        folder.resolve("names"));
        List<Answer> fewest = foundAndShrunk(bad);
        assertTrue(
                fewest.stream().anyMatch(answer -> answer.choice().matches("POWER_LOSS")),
                fewest.toString());
    }

    /** A disk that lies, and one that loses writes, for a second in which power may be lost. */
    private static FaultPlan diskThat(Fault does) {
        Law early = new Law.Uniform(SECOND, SECOND + SECOND / 10);
        Law later = new Law.Uniform(SECOND + SECOND / 5, SECOND + SECOND / 3);
        return new FaultPlan(
                List.of(),
                List.of(
                        new RandomFault(does.kind().name(), does, early, 1, SECOND),
                        new RandomFault(
                                "POWER_LOSS", new Fault.PowerLoss(SERVER), later, 1, SECOND / 10)));
    }

    static List<Fault> treacheries() {
        return List.of(new Fault.LyingSync(SERVER), new Fault.LostSectorWrites(SERVER));
    }

    /** No server with one disk survives it; without it the same stack and faults hold, as above. */
    @ParameterizedTest
    @MethodSource("treacheries")
    void aDiskThatLiesOrLosesWritesIsFoundShrunkAndReplayed(Fault treachery) {
        Runs betrayed =
                VirtualCluster.runs(
                        scenario(sound(), 12, SECOND / 50, diskThat(treachery)),
                        Stack.QUICK,
                        FileLayer.Opening.REAL,
                        folder.resolve("betrayed"));
        List<Answer> fewest = foundAndShrunk(betrayed);
        List<String> struck = fewest.stream().map(Answer::choice).toList();
        assertTrue(struck.contains(treachery.kind().name()), fewest.toString());
        assertTrue(struck.contains("POWER_LOSS"), fewest.toString());
    }

    /** The fewest answers under which a property is broken, which break it again. */
    private List<Answer> foundAndShrunk(Runs bad) {
        Examined found = search(bad, 10).orElseThrow();
        String property = found.breach().orElseThrow().property();
        List<Answer> fewest =
                new Shrinker(
                                answers -> bad.replay(answers, null).breaks(property),
                                found.recording().calm(),
                                40,
                                (_, _) -> {})
                        .shrink(found.recording().answers());
        assertTrue(fewest.size() <= 5, fewest.toString());
        assertTrue(bad.replay(fewest, null).breaks(property));
        return fewest;
    }

    private static Injection after(Moment moment, long count, Fault fault) {
        return new Injection(new Trigger.OnMoment(moment, count, null), fault, 1_000_000);
    }

    @Test
    void whatWasAnsweredSurvivesAKilledProcessAndALossOfPowerTheSameWayEachTime() {
        Injection[] faults = {
            after(Moment.ACKNOWLEDGED, 10, new Fault.ProcessCrash(SERVER)),
            after(Moment.DISK_WRITTEN, 80, new Fault.PowerLoss(SERVER))
        };
        RunResult first = run(120, 1, faults);
        List<Observation> seen = List.copyOf(observations);
        long claims = claims();
        assertTrue(first.finished());
        assertEquals(List.of(), first.judgements().stream().filter(Judgement::isViolated).toList());
        assertInstanceOf(Verdict.Holds.class, first.verdict("DUR"));
        assertInstanceOf(Verdict.Holds.class, first.verdict("LIN"));
        assertEquals(
                3,
                seen.stream()
                        .filter(each ->
                                each instanceof Observation.Booted of && of.node().equals(SERVER))
                        .count());
        RunResult second = run(120, 1, faults);
        assertEquals(first.digest(), second.digest());
        assertEquals(claims, claims());
    }

    /** One number for all claims, with their times and the memory that they are about. */
    private long claims() {
        long digest = 0;
        for (Observation each : observations) {
            if (each instanceof Observation.Claimed claimed) {
                digest = Mix.fold(digest, claimed.at());
                digest = Mix.fold(digest, Mix.text(claimed.fact().toString()));
                digest = Mix.fold(digest, claimed.memoryDigest());
            }
        }
        return digest;
    }
}
