package cairn.simulator;

/**
 * What it costs that all machines of a run are processes of one host, which share its cores: what
 * one computes, another waits for. A message takes a core at either end; so do a packet of an
 * interface that is emulated, what a process computes before it goes on, and a call of a disk that
 * does not wait for the device.
 *
 * @param cores of all machines together; 0 if each machine has cores of its own
 * @param messageNanos of a core, for a message that is sent and for one that arrives
 * @param followingNanos the same of one that a process sends right behind another, or that has come
 *     before it was done with another: nobody has to be woken for it
 * @param afterNanos of a core behind a message that follows no other, while nobody waits for it any
 *     more: acknowledgements of the transport, threads that go to sleep
 * @param reportNanos of a core, for what a process says of itself to those who watch the run, once
 *     for all since it said something last, before anything else leaves it; and as much to hear it
 * @param syncCoreNanos of a core, of what a sync takes; 0 if it only waits for its device
 * @param syncNanos by which a sync takes longer for each sync of another machine that is under way
 *     on the host's disk; 0 if each machine has a disk of its own
 */
public record HostCosts(
        int cores,
        long messageNanos,
        long followingNanos,
        long afterNanos,
        long reportNanos,
        long syncCoreNanos,
        long syncNanos) {

    /** Each machine has cores of its own, and messages take none of them. */
    public static final HostCosts NONE = new HostCosts(0, 0, 0, 0, 0, 0, 0);

    public HostCosts {
        long[] all = {
            cores, messageNanos, followingNanos, afterNanos, reportNanos, syncCoreNanos, syncNanos
        };
        for (long each : all) {
            if (each < 0) {
                throw new IllegalArgumentException("cores and costs are zero or more: " + each);
            }
        }
    }
}
