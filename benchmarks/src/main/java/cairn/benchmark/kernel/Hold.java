package cairn.benchmark.kernel;

import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

/**
 * The hold model (PHOLD; Fujimoto, "Performance of Time Warp under synthetic workloads", 1990):
 * each process answers an event with one to a random process after a random delay, so that the
 * number of events in flight stays what it was in the beginning.
 */
public final class Hold {
    /** Events in flight for each process. */
    public static final int IN_FLIGHT = 16;

    private static final int MESSAGE = 1;
    private static final int TIMER = 2;
    private static final long BURST_INTERVAL = 1_000_000;
    private static final long TIMER_DELAY = 200_000;

    private final Simulation simulation;
    private final Traffic traffic;
    private final long[] delays;
    private final int processMask;
    private long dice = 1;
    private long order;

    /** Registers the processes, a power of two of them, and sends the first messages. */
    public Hold(Simulation simulation, Traffic traffic, int processes) {
        if (Integer.bitCount(processes) != 1) {
            throw new IllegalArgumentException(processes + " processes are not a power of two");
        }
        this.simulation = simulation;
        this.traffic = traffic;
        delays = traffic.delays();
        processMask = processes - 1;
        for (int i = 0; i < processes; i++) {
            Member member = new Member();
            member.number = simulation.register(member);
        }
        for (int i = 0; i < processes * IN_FLIGHT; i++) {
            send();
        }
    }

    /** Dispatches this many events and answers the checksum over the order of all events so far. */
    public long run(long events) {
        simulation.run(events);
        return order;
    }

    private void send() {
        dice = dice * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL;
        int process = (int) (dice >>> 32) & processMask;
        long now = simulation.now();
        long delay =
                traffic == Traffic.BURST
                        ? BURST_INTERVAL - now % BURST_INTERVAL
                        : delays[(int) (dice >>> 48) & (delays.length - 1)];
        simulation.send(now + delay, process, MESSAGE, dice);
    }

    private final class Member implements LogicalProcess {
        private int number;
        private int received;

        @Override
        public void on(int kind, long argument, @Nullable Object payload) {
            order = order * 31 + (simulation.now() ^ argument) + number + kind;
            if (kind == TIMER) {
                return;
            }
            received++;
            send();
            if (traffic == Traffic.TIMERS) {
                simulation.arm(simulation.now() + TIMER_DELAY, number, TIMER);
                if ((received & 1) == 0) {
                    simulation.disarm(number);
                }
            }
        }
    }
}
