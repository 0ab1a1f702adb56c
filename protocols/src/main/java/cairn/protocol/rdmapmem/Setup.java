package cairn.protocol.rdmapmem;

import cairn.model.CpuCosts;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.part.pmu.Pmu;
import cairn.part.sets.Layout;
import cairn.part.sets.SetStore;

/** What all servers know from the start. */
record Setup(
        RdmaPmemSettings settings, SetStore store, Sessions sessions, CpuCosts costs, Rules rules) {

    static Setup of(
            RdmaPmemSettings settings, Service service, int clients, CpuCosts costs, Rules rules) {
        int places = Pmu.size(1 + settings.backups(), settings.mirrors());
        Sessions sessions = new Sessions(service, places, clients);
        Layout layout = new Layout(settings.sets(), sessions.memoryBytes());
        SetStore store =
                new SetStore(
                        settings.sets(), layout, rules.persistence(settings.units()), costs, rules);
        return new Setup(settings, store, sessions, costs, rules);
    }

    /** The units, whose clients are the servers. */
    Pmu<RdmaPmemMessage> units() {
        return new Pmu<>(
                settings.units(),
                rules,
                1 + settings.backups(),
                settings.mirrors(),
                store.layout().regionBytes(),
                store.layout().ringBytes(),
                RdmaPmemMessage.OfUnits::new);
    }
}
