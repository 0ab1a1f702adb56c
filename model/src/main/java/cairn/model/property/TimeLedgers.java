package cairn.model.property;

import cairn.model.Activity;
import cairn.model.Observation;
import cairn.model.Observer;

/** The accounts of time of all processes of an application. */
public final class TimeLedgers implements Observer {

    private final TimeLedger[] ledgers;

    /** Accounts for so many processes. */
    public TimeLedgers(int processes) {
        ledgers = new TimeLedger[processes];
        for (int process = 0; process < processes; process++) {
            ledgers[process] = new TimeLedger();
        }
    }

    @Override
    public void on(Observation observation) {
        int process = PerProcess.process(observation);
        if (process != PerProcess.ALL) {
            ledgers[process].on(observation);
        } else {
            for (TimeLedger ledger : ledgers) {
                ledger.on(observation);
            }
        }
    }

    /** Accounts for the time until the end of the run. */
    public void close(long at) {
        for (TimeLedger ledger : ledgers) {
            ledger.close(at);
        }
    }

    /** Nanoseconds that all processes together spent on an activity. */
    public long nanos(Activity activity) {
        long sum = 0;
        for (TimeLedger ledger : ledgers) {
            sum = Math.addExact(sum, ledger.nanos(activity));
        }
        return sum;
    }

    /** All nanoseconds accounted for: the wall time, once for each process. */
    public long total() {
        long sum = 0;
        for (TimeLedger ledger : ledgers) {
            sum = Math.addExact(sum, ledger.total());
        }
        return sum;
    }
}
