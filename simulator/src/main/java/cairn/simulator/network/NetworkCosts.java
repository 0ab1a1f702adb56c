package cairn.simulator.network;

/** interim */
public record NetworkCosts(long latencyNanos, double bytesPerNano) {}
