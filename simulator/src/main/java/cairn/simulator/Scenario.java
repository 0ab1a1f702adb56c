package cairn.simulator;

import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.Message;
import cairn.model.Protocol;
import cairn.model.property.Bounds;
import cairn.model.service.Service;
import cairn.model.service.Workload;

/**
 * Everything that determines a run but its answers.
 *
 * @param protocol what is tried
 * @param application what it protects
 * @param environment what things cost
 * @param faults what may go wrong
 * @param bounds limits that properties judge by
 * @param limits when the run ends
 */
public record Scenario<M extends Message>(
        Protocol<M> protocol,
        Application application,
        Environment environment,
        FaultPlan faults,
        Bounds bounds,
        Limits limits) {

    /** A service and what its clients want. */
    public Scenario(
            Protocol<M> protocol,
            Service service,
            Workload workload,
            Environment environment,
            FaultPlan faults,
            Bounds bounds,
            Limits limits) {
        this(
                protocol,
                new Application.Served(service, workload),
                environment,
                faults,
                bounds,
                limits);
    }
}
