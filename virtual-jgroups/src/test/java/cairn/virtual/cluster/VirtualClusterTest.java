package cairn.virtual.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.Observation;
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
import cairn.virtual.jgroups.Stack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The live adapter with its real files, on JGroups, in virtual time. */
final class VirtualClusterTest {

    private static final NodeId SERVER = new NodeId(0);
    private static final long SECOND = 1_000_000_000L;

    @TempDir private Path folder = Path.of("");

    private final List<Observation> observations = new ArrayList<>();

    private RunResult run(long requests, long seed, Injection... faults) {
        var workload = new Workload(2, requests, new Workload.Loop.Closed(0), SECOND / 2);
        var bank = new Bank(BankSettings.DEFAULT);
        var scenario =
                new Scenario<LocalDiskMessage>(
                        new LocalDisk(LocalDiskSettings.DEFAULT, bank, 2, CpuCosts.DEFAULT),
                        new Application.Served(bank, workload),
                        new Environment(
                                CpuCosts.DEFAULT,
                                NetworkCosts.MESSAGES,
                                RdmaCosts.DEFAULT,
                                Platform.COMMON,
                                DiskCosts.NVME_PROTECTED,
                                false),
                        new FaultPlan(List.of(faults), List.of()),
                        new Bounds(64, 60 * SECOND, 1_000_000),
                        new Limits(20 * SECOND, SECOND / 100, SECOND / 100, 5_000_000));
        observations.clear();
        return VirtualCluster.run(
                scenario,
                Stack.QUICK,
                folder.resolve("run"),
                new SeededChoices(seed),
                List.of(observations::add));
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
