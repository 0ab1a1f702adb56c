package cairn.benchmark.run;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.fault.RecordingChoices;
import cairn.fault.SeededChoices;
import cairn.model.CpuCosts;
import cairn.model.Seat;
import cairn.model.choice.Choices;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.model.service.Workload;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemMessage;
import cairn.protocol.rdmapmem.RdmaPmemSettings;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Recorder;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The bank on the RDMA server, eight clients, nothing fails: what the benchmarks of this package
 * run.
 */
final class BankOnRdma {

    private static final int CLIENTS = 8;

    private final Scenario<RdmaPmemMessage> scenario;

    BankOnRdma(long requests) {
        Bank bank = new Bank(BankSettings.DEFAULT);
        scenario =
                new Scenario<>(
                        new RdmaPmem(RdmaPmemSettings.DEFAULT, bank, CLIENTS, CpuCosts.DEFAULT),
                        bank,
                        new Workload(CLIENTS, requests, new Workload.Loop.Closed(0), 10_000_000),
                        new Environment(
                                CpuCosts.DEFAULT,
                                NetworkCosts.MESSAGES,
                                RdmaCosts.DEFAULT,
                                Platform.DIRECT_WRITE,
                                DiskCosts.NVME_PROTECTED,
                                false),
                        FaultPlan.NONE,
                        new Bounds(64, 2_000_000_000L, 5_000_000),
                        Limits.DEFAULT);
    }

    /** Runs under a seed: all properties judged, digest kept, nothing recorded. */
    RunResult run(long seed) {
        return checked(run(new SeededChoices(seed), null));
    }

    /** The same, with answers and every step recorded. */
    RunResult runRecorded(long seed) {
        List<String> roles = scenario.protocol().seats().stream().map(Seat::role).toList();
        return checked(run(new RecordingChoices(new SeededChoices(seed)), new Recorder(roles)));
    }

    private RunResult run(Choices choices, @Nullable Recorder recorder) {
        return new Simulation<>(scenario, choices, Properties.all(), List.of(), recorder).run();
    }

    private static RunResult checked(RunResult result) {
        if (!result.finished() || result.isViolated()) {
            throw new IllegalStateException("not a run to be timed: " + result);
        }
        return result;
    }
}
