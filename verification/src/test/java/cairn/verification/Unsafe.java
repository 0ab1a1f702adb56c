package cairn.verification;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.FaultPlan;
import cairn.fault.RandomFault;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.model.service.Workload;
import cairn.part.pmu.PersistMethod;
import cairn.protocol.rdmapmem.RdmaPmem;
import cairn.protocol.rdmapmem.RdmaPmemMessage;
import cairn.protocol.rdmapmem.RdmaPmemSettings;
import cairn.rdma.PersistenceDomain;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import java.util.List;

/** A small scenario, and the same with a setting that takes receipt for durability (A1). */
public final class Unsafe {

    static final NodeId PRIMARY = new NodeId(0);
    static final NodeId UNIT = new NodeId(2);
    private static final Bank BANK = new Bank(new BankSettings(1_024, 1_000, 0.2, 0.01, 0, 1));

    private Unsafe() {}

    public static Runs sound() {
        return Runs.of(scenario(RdmaPmemSettings.DEFAULT), Properties.all());
    }

    public static Runs unsafe() {
        return Runs.of(
                scenario(
                        Records.like(RdmaPmemSettings.DEFAULT)
                                .with("persist", PersistMethod.COMPLETION_ONLY)
                                .made()),
                Properties.all());
    }

    /** The small scenario with these faults instead. */
    public static Scenario<RdmaPmemMessage> sound(FaultPlan faults) {
        return scenario(RdmaPmemSettings.DEFAULT, faults);
    }

    private static Scenario<RdmaPmemMessage> scenario(RdmaPmemSettings settings) {
        return scenario(
                settings,
                new FaultPlan(
                        List.of(),
                        List.of(
                                fault("power loss pmu-1", new Fault.PowerLoss(UNIT)),
                                fault("crash primary", new Fault.ProcessCrash(PRIMARY)))));
    }

    private static Scenario<RdmaPmemMessage> scenario(RdmaPmemSettings settings, FaultPlan faults) {
        return new Scenario<>(
                new RdmaPmem(settings, BANK, 2, CpuCosts.DEFAULT),
                BANK,
                new Workload(2, 60, new Workload.Loop.Closed(20_000), 2_000_000),
                new Environment(
                        CpuCosts.DEFAULT,
                        NetworkCosts.MESSAGES,
                        RdmaCosts.DEFAULT,
                        new Platform(PersistenceDomain.ADR, true, true),
                        DiskCosts.NVME_PROTECTED,
                        false),
                faults,
                new Bounds(64, 2_000_000_000L, 1_000_000),
                new Limits(1_000_000_000L, 1_000_000, 200_000, 5_000_000));
    }

    private static RandomFault fault(String name, Fault fault) {
        return new RandomFault(name, fault, new Law.Exponential(0, 5e6), 3, 500_000);
    }
}
