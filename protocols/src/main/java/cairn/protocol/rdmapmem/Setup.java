package cairn.protocol.rdmapmem;

import cairn.model.CpuCosts;
import cairn.model.service.Service;
import cairn.model.service.Sessions;

/** What all nodes know from the start. */
record Setup(
        RdmaPmemSettings settings,
        Topology topology,
        Layout layout,
        Sessions sessions,
        CpuCosts costs,
        Rules rules) {

    static Setup of(
            RdmaPmemSettings settings, Service service, int clients, CpuCosts costs, Rules rules) {
        Topology topology = new Topology(settings);
        Sessions sessions = new Sessions(service, topology.size(), clients);
        Layout layout = new Layout(settings, sessions.memoryBytes());
        return new Setup(settings, topology, layout, sessions, costs, rules);
    }
}
