package cairn.cluster.run;

import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.Message;
import cairn.model.Protocol;
import cairn.model.property.Bounds;

/**
 * What is to be run. Times are real.
 *
 * @param protocol what is tried
 * @param application what it protects
 * @param faults what goes wrong
 * @param bounds limits that properties judge by
 * @param faultsUntilNanos from this time on nothing fails any more and all is healed
 * @param settleNanos how long the run goes on after the last answer
 * @param restartNanos how long after it ended by itself a process is started again
 */
public record LiveScenario<M extends Message>(
        Protocol<M> protocol,
        Application application,
        FaultPlan faults,
        Bounds bounds,
        long faultsUntilNanos,
        long settleNanos,
        long restartNanos) {

    /** How many places there are, those of clients included. */
    int places() {
        return protocol.seats().size() + application.clients();
    }
}
