package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.model.service.Workload;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskMessage;
import cairn.protocol.localdisk.LocalDiskSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** The smallest protocol as a process: killed, without power, and with a disk that lies. */
final class LocalDiskOnProcessesTest {

    private static final NodeId SERVER = new NodeId(0);
    private static final long SECOND = 1_000_000_000L;

    @TempDir private Path folder = Path.of("");

    private LiveResult run(long requests, Injection... faults) {
        var workload = new Workload(2, requests, new Workload.Loop.Closed(0), SECOND / 2);
        var bank = new Bank(BankSettings.DEFAULT);
        var scenario =
                new LiveScenario<LocalDiskMessage>(
                        new LocalDisk(LocalDiskSettings.DEFAULT, bank, 2, CpuCosts.DEFAULT),
                        new Application.Served(bank, workload),
                        new FaultPlan(List.of(faults), List.of()),
                        new Bounds(64, 30 * SECOND, 1_000_000),
                        20 * SECOND,
                        10_000_000,
                        10_000_000);
        return new LiveRun<>(
                        scenario,
                        Machines.loopback(),
                        folder,
                        1,
                        Properties.of(scenario.application()),
                        List.of())
                .run();
    }

    private static Injection after(Moment moment, long count, Fault fault) {
        return new Injection(new Trigger.OnMoment(moment, count, null), fault, 1_000_000);
    }

    private static Verdict verdict(LiveResult result, String property) {
        return result.judgements().stream()
                .filter(judgement -> judgement.property().equals(property))
                .map(Judgement::verdict)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasAnsweredSurvivesAKilledProcessAndALossOfPower() {
        LiveResult result =
                run(
                        120,
                        after(Moment.ACKNOWLEDGED, 10, new Fault.ProcessCrash(SERVER)),
                        after(Moment.DISK_WRITTEN, 30, new Fault.PowerLoss(SERVER)));
        assertTrue(result.finished());
        assertFalse(result.judgements().stream().anyMatch(Judgement::isViolated));
        assertInstanceOf(Verdict.Holds.class, verdict(result, "DUR"));
        assertInstanceOf(Verdict.Holds.class, verdict(result, "LIN"));
        assertEquals(
                3,
                result.observations().stream()
                        .filter(each ->
                                each instanceof Observation.Booted of && of.node().equals(SERVER))
                        .count());
    }

    @Test
    void aDiskThatLiesLosesWhatWasAnsweredWithThePower() {
        LiveResult result =
                run(
                        120,
                        new Injection(
                                new Trigger.At(0), new Fault.LyingSync(SERVER), Injection.NEVER),
                        after(Moment.ACKNOWLEDGED, 20, new Fault.PowerLoss(SERVER)));
        // The promise does not cover it, so that nothing is violated; but nothing is there.
        List<Fact> resumed =
                result.observations().stream()
                        .filter(each -> each instanceof Observation.Claimed)
                        .map(each -> ((Observation.Claimed) each).fact())
                        .filter(fact -> fact instanceof Fact.Resumed)
                        .toList();
        assertEquals(List.of(new Fact.Resumed(Epoch.ZERO), new Fact.Resumed(Epoch.ZERO)), resumed);
    }
}
