package cairn.simulator;

/**
 * What it costs that all machines of a run are processes of one host, which share its cores: what
 * one computes, another waits for. A message takes a core at either end; so does a call of a disk
 * that does not wait for the device.
 *
 * @param cores of all machines together; 0 if each machine has cores of its own
 * @param messageNanos of a core, for a message that is sent and for one that arrives
 * @param followingNanos the same of one that a process sends right behind another, or that has come
 *     before it was done with another: nobody has to be woken for it
 * @param syncNanos by which a sync takes longer for each sync of another machine that is under way
 *     on the host's disk; 0 if each machine has a disk of its own
 */
public record HostCosts(int cores, long messageNanos, long followingNanos, long syncNanos) {

    /** Each machine has cores of its own, and messages take none of them. */
    public static final HostCosts NONE = new HostCosts(0, 0, 0, 0);

    public HostCosts {
        if (cores < 0 || messageNanos < 0 || followingNanos < 0 || syncNanos < 0) {
            throw new IllegalArgumentException(
                    "cores and costs are zero or more: "
                            + cores
                            + ", "
                            + messageNanos
                            + ", "
                            + followingNanos
                            + ", "
                            + syncNanos);
        }
    }
}
