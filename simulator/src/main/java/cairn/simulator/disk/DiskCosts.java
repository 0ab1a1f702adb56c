package cairn.simulator.disk;

/** interim */
public record DiskCosts(long syncNanos) {}
