package cairn.simulator;

import cairn.simulator.kernel.Kernel;

import java.util.Arrays;

/** The armed timers of one process; a handful, so they are searched one after the other. */
final class Timers {

    private final Kernel kernel;
    private long[] names = new long[8];
    private long[] tickets = new long[8];
    private int armed;

    Timers(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Schedules an event for a timer in place of one that is still pending. */
    void arm(long name, long at, int process, int kind, long argument) {
        disarm(name);
        if (armed == names.length) {
            names = Arrays.copyOf(names, 2 * armed);
            tickets = Arrays.copyOf(tickets, 2 * armed);
        }
        names[armed] = name;
        tickets[armed++] = kernel.schedule(at, process, kind, argument, null);
    }

    void disarm(long name) {
        int place = find(name);
        if (place >= 0) {
            kernel.cancel(tickets[place]);
            remove(place);
        }
    }

    /** A timer ran out, so it is armed no longer. */
    void fired(long name) {
        int place = find(name);
        if (place >= 0) {
            remove(place);
        }
    }

    void disarmAll() {
        for (int i = 0; i < armed; i++) {
            kernel.cancel(tickets[i]);
        }
        armed = 0;
    }

    private int find(long name) {
        for (int i = 0; i < armed; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    private void remove(int place) {
        armed--;
        names[place] = names[armed];
        tickets[place] = tickets[armed];
    }
}
