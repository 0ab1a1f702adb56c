package cairn.protocol.segments;

import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.part.name.NameRegister;
import cairn.part.register.Voters;
import cairn.part.replica.Replicas;
import cairn.protocol.segments.SegmentsMessage.OfRegister;
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

    /** A service's part in the register of the name. */
    NameRegister<SegmentsMessage> names(NodeId self, long firstToken) {
        Voters voters = new Voters(topology.services(), rules.quorum(topology), rules.remembers());
        return new NameRegister<>(
                voters, self, OfRegister::new, firstToken, settings.heartbeatNanos());
    }

    /** Where versions are kept. */
    Replicas<SegmentsMessage> replicas() {
        return new Replicas<>(
                settings.ofReplicas(), topology.domains(), name, costs, rules, OfReplicas::new);
    }
}
