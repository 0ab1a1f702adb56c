package cairn.experiment.definition;

import java.util.Map;

/** What settings decide that belong to no protocol and to no application, in a clause each. */
final class Remarks {

    private static final Map<String, String> ALL =
            Map.ofEntries(
                    Map.entry("cpu", "what processors need for elementary steps"),
                    Map.entry("cpu.memcpyBytesPerNano", "how fast a core copies memory"),
                    Map.entry("cpu.checksumBytesPerNano", "how fast a core computes a CRC"),
                    Map.entry("cpu.protectPageNanos", "write-protecting one page"),
                    Map.entry(
                            "cpu.faultNanos",
                            "a store to a protected page: signal, handler, unprotecting"),
                    Map.entry("cpu.copyOnWriteNanos", "a copy-on-write fault, its copy included"),
                    Map.entry("cpu.messageNanos", "handling one message of the protocol"),
                    Map.entry("cpu.processStartNanos", "starting a process"),
                    Map.entry("network", "messages between processes"),
                    Map.entry(
                            "network.name",
                            "what its choices begin with, to tell two networks apart"),
                    Map.entry("network.bytesPerNano", "of each machine's port"),
                    Map.entry("host", "what machines that are processes of one host share"),
                    Map.entry("host.cores", "of all machines together; 0: each has its own"),
                    Map.entry("host.messageNanos", "of a core for each message at either end"),
                    Map.entry("host.followingNanos", "the same right behind another"),
                    Map.entry("host.afterNanos", "of a core behind a message, which nobody awaits"),
                    Map.entry(
                            "host.reportNanos",
                            "of a core, to tell those who watch, before anything leaves"),
                    Map.entry("host.syncCoreNanos", "of a core, of what a sync takes"),
                    Map.entry(
                            "host.syncNanos",
                            "longer for each sync under way on the disk that all share; 0: own"
                                    + " disks"),
                    Map.entry(
                            "network.receiverQueues",
                            "whether messages from several senders also queue at the receiver"),
                    Map.entry("network.link", "what each link does to what it carries"),
                    Map.entry(
                            "network.link.latencyNanos",
                            "from the last bit's departure to its arrival"),
                    Map.entry(
                            "network.link.ordered",
                            "whether messages arrive in the order in which they were sent"),
                    Map.entry("network.link.quality", "what goes wrong without any fault"),
                    Map.entry(
                            "network.link.heldBackNanos",
                            "how long a message is held that later ones overtake"),
                    Map.entry("loss", "that a packet is lost"),
                    Map.entry("duplication", "that a packet arrives twice"),
                    Map.entry("reordering", "that a packet is held back, so others overtake it"),
                    Map.entry("corruption", "that a packet's bits flip; its checksum tells"),
                    Map.entry("extraDelayNanos", "added to the latency of each packet"),
                    Map.entry("bytesPerNano", "what passes one way, packet after packet"),
                    Map.entry("rdma", "adapters, RDMA wire and persistent memory"),
                    Map.entry("rdma.postNanos", "processor time to post a request"),
                    Map.entry("rdma.pollNanos", "processor time to take a completion"),
                    Map.entry(
                            "rdma.eventWaitNanos",
                            "extra when a completion is waited for by interrupt"),
                    Map.entry("rdma.nicNanos", "both adapters' work on one packet"),
                    Map.entry("rdma.propagationNanos", "cable and switch, one way"),
                    Map.entry("rdma.bandwidthBytesPerNano", "of the wire"),
                    Map.entry(
                            "rdma.payloadFetchNanos",
                            "reading what is not inline over PCIe before the first packet"),
                    Map.entry("rdma.readServiceNanos", "from a READ's arrival to its response"),
                    Map.entry(
                            "rdma.atomicServiceNanos", "from an atomic's arrival to its response"),
                    Map.entry(
                            "rdma.flushServiceNanos",
                            "the same for FLUSH, to which the moved bytes are added"),
                    Map.entry(
                            "rdma.persistentWriteBytesPerNano",
                            "write bandwidth of persistent memory"),
                    Map.entry(
                            "rdma.evictedWriteBytesPerNano",
                            "the same for lines that a cache gives up, in any order"),
                    Map.entry("rdma.cacheFlushNanos", "a write-back and fence by the processor"),
                    Map.entry(
                            "rdma.residenceLeastNanos",
                            "a write's least stay in adapter and I/O buffers"),
                    Map.entry("rdma.residenceMostNanos", "its longest stay if nothing pushes it"),
                    Map.entry(
                            "rdma.queueNanos", "how long a byte stays in the write-pending queue"),
                    Map.entry("rdma.cacheBytes", "dirty bytes that the last-level cache holds"),
                    Map.entry(
                            "rdma.evictionProbability",
                            "that a dirty page is evicted before it is stored to again"),
                    Map.entry("rdma.connectNanos", "bringing a queue pair up at both ends"),
                    Map.entry("rdma.registrationNanos", "registering a region"),
                    Map.entry("rdma.registrationNanosPerPage", "the same, for each 4 KiB"),
                    Map.entry(
                            "rdma.packetTail",
                            "how many times its median a packet's way is at the 99.9th percentile"),
                    Map.entry(
                            "rdma.windowPackets",
                            "packets that a queue pair sends ahead of acknowledgements"),
                    Map.entry(
                            "rdma.acknowledgeEveryPackets",
                            "how often a long message asks for an acknowledgement"),
                    Map.entry("disk.name", "as it appears in reports"),
                    Map.entry("disk.operationNanos", "a call that does not wait for the device"),
                    Map.entry("disk.copyBytesPerNano", "of a copy into the page cache"),
                    Map.entry("disk.sync", "a flush of the device's cache"),
                    Map.entry(
                            "disk.directorySync",
                            "the same for names; as 'sync' if only that is said"),
                    Map.entry("disk.bytesPerNano", "of the device"),
                    Map.entry("disk.readNanos", "to a file's first byte"),
                    Map.entry(
                            "disk.powerLossProtected",
                            "whether the device's cache survives a loss of power"),
                    Map.entry(
                            "disk.tearsSectors",
                            "whether a sector written at a loss of power may be part old, part"
                                    + " new"),
                    Map.entry("disk.errorProbability", "that a read or a sync fails"),
                    Map.entry("disk.capacityBytes", "what fits"),
                    Map.entry("bounds.retainedSets", "checkpoint sets that a store may keep"),
                    Map.entry(
                            "bounds.livenessNanos",
                            "after the last fault is healed, until everything is answered"),
                    Map.entry(
                            "bounds.linearizabilityStates",
                            "states that the checker may visit before it gives up"),
                    Map.entry("limits.faultsUntilNanos", "from then on nothing fails any more"),
                    Map.entry(
                            "limits.settleNanos", "how long the run goes on after the last answer"),
                    Map.entry(
                            "limits.restartNanos",
                            "how long after it halted a process is started again"),
                    Map.entry("limits.mostEvents", "kernel events, after which a run is stuck"),
                    Map.entry("factor", "by how much, 1 or more"),
                    Map.entry("probability", "of each operation to fail; above 0 %"),
                    Map.entry(
                            "staggerNanos",
                            "how long after the one before each machine comes back; 0 if not said"),
                    Map.entry("mappings", "how many the process may have; 3 or more"),
                    Map.entry("address", "where the range begins"),
                    Map.entry("length", "how long the range is"),
                    Map.entry("nanos", "by how much; negative for back"),
                    Map.entry("partsPerMillion", "by how much; negative for slow"),
                    Map.entry("periodNanos", "how long it is open, and then cut"));

    private Remarks() {}

    /** What a component decides; empty if nobody said. */
    static String of(String section, String component) {
        String whole = ALL.getOrDefault(section + "." + component, "");
        // What the record of a link's quality is part of makes no difference.
        return whole.isEmpty()
                ? ALL.getOrDefault(component.substring(component.lastIndexOf('.') + 1), "")
                : whole;
    }

    /** What a section is about. */
    static String of(String section) {
        return ALL.getOrDefault(section, "");
    }
}
