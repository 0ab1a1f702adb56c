package cairn.model.fault;

import cairn.model.Device;
import cairn.model.Hardware;

import java.util.Optional;

/** Classes of faults, as budgets and promises count them. */
public enum FaultKind {
    PROCESS_CRASH,
    WARM_RESET,
    POWER_LOSS,
    PERMANENT_LOSS,
    PAUSE,
    CPU_HANG,
    SLOW_NODE,
    NIC_RESET,
    MEMORY_ROT,
    CLOCK,
    DISK_LIES,
    DISK_FULL,
    SLOW_DISK,
    DISK_CORRUPTS,
    CUT,
    BAD_LINK,
    RACK_POWER_LOSS,
    SITE_POWER_LOSS,
    FAILED_PROTECTION,
    DISK_FAILS;

    /** The device that such a fault strikes; empty if every machine can have it. */
    public Optional<Device> device() {
        return switch (this) {
            case NIC_RESET -> Optional.of(Device.NIC);
            case MEMORY_ROT -> Optional.of(Device.PERSISTENT_MEMORY);
            case DISK_LIES, DISK_FULL, SLOW_DISK, DISK_CORRUPTS, DISK_FAILS ->
                    Optional.of(Device.DISK);
            case FAILED_PROTECTION -> Optional.of(Device.PAGED_MEMORY);
            case PROCESS_CRASH,
                    WARM_RESET,
                    POWER_LOSS,
                    PERMANENT_LOSS,
                    PAUSE,
                    CPU_HANG,
                    SLOW_NODE,
                    CLOCK,
                    CUT,
                    BAD_LINK,
                    RACK_POWER_LOSS,
                    SITE_POWER_LOSS ->
                    Optional.empty();
        };
    }

    /** Whether a machine has what such a fault strikes. */
    public boolean canStrike(Hardware machine) {
        return device().map(device -> device.isPartOf(machine)).orElse(true);
    }
}
