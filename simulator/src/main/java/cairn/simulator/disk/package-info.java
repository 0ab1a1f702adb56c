/**
 * Disks that know where each byte is: in the operating system's page cache, in the device's cache,
 * or on the platter.
 *
 * <p>{@link cairn.simulator.disk.SimulatedDisk} is the way in: it queues operations, takes their
 * time, and inflicts faults. Behind it, {@code Content} is one file's bytes in their three places,
 * {@code Directory} is the names, and {@code Fates} asks what became of what was not safe.
 */
@NullMarked
package cairn.simulator.disk;

import org.jspecify.annotations.NullMarked;
