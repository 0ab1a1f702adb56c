/**
 * A protocol that does nothing but one RDMA operation after the other, to hold the emulator against
 * published latencies.
 */
@NullMarked
package cairn.experiment.calibration;

import org.jspecify.annotations.NullMarked;
