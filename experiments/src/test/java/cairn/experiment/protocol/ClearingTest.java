package cairn.experiment.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.fault.SeededChoices;
import cairn.model.CpuCosts;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Records;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.model.service.Workload;
import cairn.part.sets.StoreMode;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemMessage;
import cairn.protocol.rdmapmem.RdmaPmemSettings;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import org.junit.jupiter.api.Test;

import java.util.List;

/** PMU-15: part of the sets can be cleared, and never one that a retained set needs. */
class ClearingTest {

    private static final int CLIENTS = 4;
    private static final RdmaPmemSettings RETAINING =
            Records.like(RdmaPmemSettings.DEFAULT)
                    .with("mode", StoreMode.APPEND)
                    .with("retainedSets", 32)
                    .with("fullEvery", 4)
                    .made();

    private long kept;

    private RunResult run(RdmaPmemSettings settings, long seed, RandomFault... faults) {
        Bank bank = new Bank(BankSettings.DEFAULT);
        Scenario<RdmaPmemMessage> scenario =
                new Scenario<>(
                        new RdmaPmem(settings, bank, CLIENTS, CpuCosts.DEFAULT),
                        bank,
                        new Workload(CLIENTS, 600, new Workload.Loop.Closed(0), 10_000_000),
                        new Environment(
                                CpuCosts.DEFAULT,
                                NetworkCosts.MESSAGES,
                                RdmaCosts.DEFAULT,
                                Platform.DIRECT_WRITE,
                                DiskCosts.NVME_PROTECTED,
                                false),
                        new FaultPlan(List.of(), List.of(faults)),
                        new Bounds(64, 2_000_000_000L, 1_000_000),
                        Limits.DEFAULT);
        kept = 0;
        return new Simulation<>(
                        scenario,
                        new SeededChoices(seed),
                        Properties.all(),
                        List.of(this::count),
                        null)
                .run();
    }

    private void count(Observation observation) {
        if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Sealed) {
                kept++;
            } else if (claimed.fact() instanceof Fact.Discarded) {
                kept--;
            }
        }
    }

    @Test
    void whatABackupHasReadIsClearedAndOtherwiseRetained() {
        assertTrue(run(RETAINING, 1).finished());
        assertTrue(kept >= 32, "kept " + kept);
        assertTrue(run(Records.like(RETAINING).with("clearWhenRead", true).made(), 1).finished());
        assertTrue(kept <= 12, "kept " + kept);
    }

    @Test
    void clearingNeverTakesWhatATakeOverNeeds() {
        for (long seed = 1; seed <= 20; seed++) {
            RunResult result =
                    run(
                            Records.like(RETAINING).with("clearWhenRead", true).made(),
                            seed,
                            new RandomFault(
                                    "crash primary",
                                    new Fault.ProcessCrash(new NodeId(0)),
                                    new Law.Exponential(2_000_000, 5e6),
                                    2,
                                    2_000_000));
            assertFalse(result.isViolated(), "seed " + seed + ": " + result.judgements());
            assertEquals(600, result.answered());
        }
    }
}
