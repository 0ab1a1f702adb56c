package cairn.simulator;

import cairn.fault.FaultPlan;
import cairn.model.Message;
import cairn.model.Protocol;
import cairn.model.property.Bounds;
import cairn.model.service.Service;
import cairn.model.service.Workload;

/**
 * Everything that determines a run but its answers.
 *
 * @param protocol what is tried
 * @param service what it protects
 * @param workload what the clients want
 * @param environment what things cost
 * @param faults what may go wrong
 * @param bounds limits that properties judge by
 * @param limits when the run ends
 */
public record Scenario<M extends Message>(
        Protocol<M> protocol,
        Service service,
        Workload workload,
        Environment environment,
        FaultPlan faults,
        Bounds bounds,
        Limits limits) {}
