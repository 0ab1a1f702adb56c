package cairn.protocol.segments;

import cairn.model.CpuCosts;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.part.replica.Replicas;
import cairn.protocol.segments.SegmentsMessage.OfReplicas;

/**
 * What all places know from the start.
 *
 * @param name under which the application's segments are registered
 */
record Setup(
        SegmentsSettings settings,
        Topology topology,
        Sessions sessions,
        String name,
        CpuCosts costs,
        Rules rules) {

    static Setup of(
            SegmentsSettings settings, Service service, int clients, CpuCosts costs, Rules rules) {
        Topology topology = new Topology(settings);
        Sessions sessions = new Sessions(service, topology.size(), clients);
        return new Setup(settings, topology, sessions, service.name(), costs, rules);
    }

    /** Where versions are kept. */
    Replicas<SegmentsMessage> replicas() {
        return new Replicas<>(
                settings.ofReplicas(), topology.domains(), name, costs, rules, OfReplicas::new);
    }
}
