package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
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
import cairn.model.service.Workload;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** The smallest protocol as a process: killed, without power, and with a disk that lies. */
final class LocalDiskOnProcessesTest {

    private static final NodeId SERVER = new NodeId(0);

    @TempDir private Path folder = Path.of("");

    private LiveResult run(Injection... faults) {
        var workload = new Workload(2, 120, new Workload.Loop.Closed(0), 500_000_000);
        var bank = new Bank(BankSettings.DEFAULT);
        return Stands.run(
                new LocalDisk(LocalDiskSettings.DEFAULT, bank, 2, CpuCosts.DEFAULT),
                new Application.Served(bank, workload),
                List.of(faults),
                Machines.loopback(),
                folder);
    }

    private static Injection after(Moment moment, long count, Fault fault) {
        return new Injection(new Trigger.OnMoment(moment, count, null), fault, 1_000_000);
    }

    @Test
    void whatWasAnsweredSurvivesAKilledProcessAndALossOfPower() {
        LiveResult result =
                run(
                        after(Moment.ACKNOWLEDGED, 10, new Fault.ProcessCrash(SERVER)),
                        after(Moment.DISK_WRITTEN, 30, new Fault.PowerLoss(SERVER)));
        assertTrue(result.finished());
        Heard.nothingIsViolated(result);
        Heard.hold(result, "DUR", "LIN");
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
                        new Injection(
                                new Trigger.At(0), new Fault.LyingSync(SERVER), Injection.NEVER),
                        after(Moment.ACKNOWLEDGED, 20, new Fault.PowerLoss(SERVER)));
        // The promise does not cover it, so that nothing is violated; but nothing is there.
        List<Fact> resumed =
                Heard.claims(result.observations(), Fact.Resumed.class)
                        .map(Observation.Claimed::fact)
                        .toList();
        assertEquals(List.of(new Fact.Resumed(Epoch.ZERO), new Fact.Resumed(Epoch.ZERO)), resumed);
    }
}
