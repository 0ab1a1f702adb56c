package cairn.protocol.snapshots;

import cairn.model.CpuCosts;
import cairn.model.service.Sessions;

/** What all nodes know from the start. */
record Setup(SnapshotsSettings settings, Sessions sessions, CpuCosts costs, Rules rules) {}
