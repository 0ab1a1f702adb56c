package cairn.experiment.catalogue;

import cairn.model.NodeId;
import cairn.model.fault.Fault;

import java.util.List;
import java.util.stream.Collectors;

/** All faults that an experiment can order. */
public final class Faults {

    private static final List<FaultForm> ALL =
            List.of(
                    new FaultForm(
                            Fault.ProcessCrash.class,
                            "the process dies; machine, disk and NIC go on"),
                    new FaultForm(
                            Fault.WarmReset.class, "the machine restarts without losing power"),
                    new FaultForm(
                            Fault.PowerLoss.class,
                            "power goes: what had not reached safety is gone or torn"),
                    new FaultForm(
                            Fault.RackPowerLoss.class,
                            "power goes at several machines at once; they come back in turn"),
                    new FaultForm(
                            Fault.SitePowerLoss.class,
                            "the same of a site: 'all', or a list of machines"),
                    new FaultForm(
                            Fault.FailedProtection.class,
                            "protecting memory fails beyond so many mappings (ENOMEM)"),
                    new FaultForm(
                            Fault.PermanentLoss.class,
                            "the machine is gone with all that it stored"),
                    new FaultForm(Fault.Pause.class, "the process stands still; its NIC goes on"),
                    new FaultForm(
                            Fault.CpuHang.class,
                            "the CPU hangs until it is reset; its NIC goes on"),
                    new FaultForm(Fault.SlowNode.class, "the processor is slower by a factor"),
                    new FaultForm(
                            Fault.NicReset.class,
                            "the RDMA interface loses its queue pairs and what it held"),
                    new FaultForm(
                            Fault.MemoryRot.class, "bits of a range of persistent memory flip"),
                    new FaultForm(Fault.ClockSkew.class, "the machine's clock jumps by an amount"),
                    new FaultForm(
                            Fault.ClockJump.class, "the machine's clock is set, and stays so"),
                    new FaultForm(
                            Fault.OutOfMemory.class,
                            "the process is killed each time that it starts, until it is healed"),
                    new FaultForm(
                            Fault.FalseSuspicion.class,
                            "what the machine sends is lost; it receives all"),
                    new FaultForm(
                            Fault.Misdelivery.class,
                            "messages for one machine are handed to a third, its address's tenant"),
                    new FaultForm(
                            Fault.ClockDrift.class,
                            "the machine's clock runs fast, or slow if negative"),
                    new FaultForm(
                            Fault.LyingSync.class,
                            "the disk answers a sync before the bytes are durable"),
                    new FaultForm(Fault.DiskFull.class, "the disk has no space left"),
                    new FaultForm(Fault.SlowDisk.class, "the disk is slower by a factor"),
                    new FaultForm(
                            Fault.DiskError.class,
                            "a share of the disk's reads and syncs fails with an I/O error"),
                    new FaultForm(
                            Fault.LostSectorWrites.class,
                            "sector writes are acknowledged and never done"),
                    new FaultForm(
                            Fault.MisdirectedWrites.class,
                            "sector writes land in another place of the file"),
                    new FaultForm(Fault.SectorRot.class, "bits of stored sectors flip"),
                    new FaultForm(Fault.Truncation.class, "a stored file loses its last sector"),
                    new FaultForm(Fault.LinkCut.class, "nothing passes between two machines"),
                    new FaultForm(
                            Fault.OneWayCut.class, "nothing passes one way; the way back is open"),
                    new FaultForm(Fault.Isolation.class, "a machine is cut off from all others"),
                    new FaultForm(
                            Fault.Flap.class, "a link is open and cut in turn, each for a period"),
                    new FaultForm(
                            Fault.BadLink.class,
                            "messages one way are lost, doubled, reordered, corrupted, late or held"
                                    + " up"));

    private Faults() {}

    public static List<FaultForm> all() {
        return ALL;
    }

    /** The names, in the order of the list. */
    public static List<String> names() {
        return ALL.stream().map(FaultForm::name).toList();
    }

    /** The fault of a name that is known. */
    public static FaultForm named(String name) {
        return ALL.stream().filter(form -> form.name().equals(name)).findFirst().orElseThrow();
    }

    /** A fault with its places by the names of their roles: "power loss pmu-1". */
    public static String label(Fault fault, List<String> roles) {
        String name =
                ALL.stream()
                        .filter(form -> form.type() == fault.getClass())
                        .findFirst()
                        .orElseThrow()
                        .name();
        return switch (fault) {
            case Fault.OfNode ofNode -> name + " " + role(ofNode.node(), roles);
            case Fault.OfDomain ofDomain ->
                    name
                            + " "
                            + ofDomain.nodes().stream()
                                    .map(node -> role(node, roles))
                                    .collect(Collectors.joining(", "));
            case Fault.OfLink ofLink ->
                    name + " " + role(ofLink.from(), roles) + " -> " + role(ofLink.to(), roles);
        };
    }

    private static String role(NodeId node, List<String> roles) {
        return node.index() < roles.size() ? roles.get(node.index()) : node.toString();
    }
}
