package cairn.protocol.snapshots;

import cairn.model.CpuCosts;
import cairn.model.service.Sessions;
import cairn.part.snapshot.SnapshotStore;
import cairn.protocol.snapshots.SnapshotsMessage.OfStorage;

/** What all nodes know from the start. */
record Setup(SnapshotsSettings settings, Sessions sessions, CpuCosts costs, Rules rules) {

    /** Where snapshots are kept. */
    SnapshotStore<SnapshotsMessage> store() {
        return new SnapshotStore<>(
                settings.ofStore(),
                Topology.STORAGE,
                sessions.memoryBytes(),
                costs,
                rules,
                OfStorage::new);
    }
}
