package cairn.benchmark.kernel;

import cairn.simulator.kernel.LogicalProcess;

/**
 * What the two contenders have in common. Each benchmark runs in a virtual machine of its own, with
 * one implementation loaded, so that the interface between costs neither of them anything.
 */
public interface Simulation {
    /** Makes a process known and answers its number, counted from 0. */
    int register(LogicalProcess process);

    /** Virtual time in nanoseconds. */
    long now();

    /** Schedules a message. */
    void send(long time, int process, int kind, long argument);

    /** Schedules a timer, which {@link #disarm} can still cancel; one per process. */
    void arm(long time, int process, int kind);

    /** Cancels the last timer of a process that was armed. */
    void disarm(int process);

    /** Dispatches this many events. */
    void run(long events);
}
