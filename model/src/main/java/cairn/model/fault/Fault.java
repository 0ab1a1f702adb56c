package cairn.model.fault;

import cairn.model.NodeId;

import java.util.List;

/**
 * Something that goes wrong. Each lasts until it is healed; docs/fault-model.md says for each what
 * it empties and what stays promised. A new fault breaks the compilation of exactly the drivers
 * that have to inflict it.
 */
public sealed interface Fault {

    /** The class of faults that this one counts as, in budgets and promises. */
    FaultKind kind();

    /** A fault of one machine. */
    sealed interface OfNode extends Fault {
        NodeId node();
    }

    /** A fault of a machine's disk. */
    sealed interface OfDisk extends OfNode {}

    /** A fault of a machine's clock. */
    sealed interface OfClock extends OfNode {}

    /** A fault of ways between machines: of one, of both, or of all to and from a machine. */
    sealed interface OfNetwork extends Fault {}

    /** A fault of the way from one machine to another. */
    sealed interface OfLink extends OfNetwork {
        NodeId from();

        NodeId to();
    }

    /**
     * A fault of several machines at once, since they share what fails. They come back one by one,
     * in the order of the list.
     */
    sealed interface OfDomain extends Fault {
        List<NodeId> nodes();

        /** How long after the one before each machine but the first comes back. */
        long staggerNanos();
    }

    /**
     * The process dies; the machine, its disk and its NIC go on. Healed: the process starts again.
     */
    record ProcessCrash(NodeId node) implements OfNode {
        @Override
        public FaultKind kind() {
            return FaultKind.PROCESS_CRASH;
        }
    }

    /**
     * The operating system restarts without loss of power: processes die, caches may be lost.
     * Healed: it is up again.
     */
    record WarmReset(NodeId node) implements OfNode {
        @Override
        public FaultKind kind() {
            return FaultKind.WARM_RESET;
        }
    }

    /**
     * The machine loses power: what had not reached safety is gone or torn. Healed: power returns
     * and the process starts.
     */
    record PowerLoss(NodeId node) implements OfNode {
        @Override
        public FaultKind kind() {
            return FaultKind.POWER_LOSS;
        }
    }

    /**
     * A rack loses power: all its machines at one instant. Healed: power returns, and the machines
     * start one after the other.
     */
    record RackPowerLoss(List<NodeId> nodes, long staggerNanos) implements OfDomain {
        public RackPowerLoss {
            nodes = checked(nodes, staggerNanos);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.RACK_POWER_LOSS;
        }
    }

    /** A site loses power, as a rack does. */
    record SitePowerLoss(List<NodeId> nodes, long staggerNanos) implements OfDomain {
        public SitePowerLoss {
            nodes = checked(nodes, staggerNanos);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.SITE_POWER_LOSS;
        }
    }

    private static List<NodeId> checked(List<NodeId> nodes, long staggerNanos) {
        if (nodes.isEmpty() || nodes.stream().distinct().count() < nodes.size()) {
            throw new IllegalArgumentException(
                    "a failure domain has machines, each of them once: " + nodes);
        }
        if (staggerNanos < 0) {
            throw new IllegalArgumentException(
                    "the time between two machines' return is zero or more: " + staggerNanos);
        }
        return List.copyOf(nodes);
    }

    /** The machine is gone with all that it stored. Healed: an empty one takes its place. */
    record PermanentLoss(NodeId node) implements OfNode {
        @Override
        public FaultKind kind() {
            return FaultKind.PERMANENT_LOSS;
        }
    }

    /**
     * The process stands still, as in a garbage collection or when stopped by the OS; its NIC goes
     * on. Healed: it goes on.
     */
    record Pause(NodeId node) implements OfNode {
        @Override
        public FaultKind kind() {
            return FaultKind.PAUSE;
        }
    }

    /**
     * The CPU hangs and only a reset helps; NIC and memory serve remote operations all the while.
     * Healed: the machine is reset, and the process starts again.
     */
    record CpuHang(NodeId node) implements OfNode {
        @Override
        public FaultKind kind() {
            return FaultKind.CPU_HANG;
        }
    }

    /** The processor is slower by a factor. */
    record SlowNode(NodeId node, double factor) implements OfNode {
        public SlowNode {
            if (!(factor >= 1)) {
                throw new IllegalArgumentException(
                        "a slow node is slower by a factor of 1 or more: " + factor);
            }
        }

        @Override
        public FaultKind kind() {
            return FaultKind.SLOW_NODE;
        }
    }

    /**
     * The RDMA interface resets: its queue pairs fail, what it held is gone. Healed at once: it can
     * be programmed again.
     */
    record NicReset(NodeId node) implements OfNode {
        @Override
        public FaultKind kind() {
            return FaultKind.NIC_RESET;
        }
    }

    /** A range of persistent memory decays: bits flip. */
    record MemoryRot(NodeId node, long address, long length) implements OfNode {
        @Override
        public FaultKind kind() {
            return FaultKind.MEMORY_ROT;
        }
    }

    /** The machine's clock is off by an amount. */
    record ClockSkew(NodeId node, long nanos) implements OfClock {
        @Override
        public FaultKind kind() {
            return FaultKind.CLOCK;
        }
    }

    /** The machine's clock is set forwards, or back if negative, and stays so: nobody heals it. */
    record ClockJump(NodeId node, long nanos) implements OfClock {
        @Override
        public FaultKind kind() {
            return FaultKind.CLOCK;
        }
    }

    /**
     * Memory is short: the process is killed, and killed again each time that it starts by itself.
     * Healed: the next start succeeds.
     */
    record OutOfMemory(NodeId node) implements OfNode {
        @Override
        public FaultKind kind() {
            return FaultKind.PROCESS_CRASH;
        }
    }

    /**
     * All others take a machine for dead that is well: nothing that it sends arrives, while all
     * that is sent to it does.
     */
    record FalseSuspicion(NodeId node) implements OfNode, OfNetwork {
        @Override
        public FaultKind kind() {
            return FaultKind.CUT;
        }
    }

    /** The machine's clock runs fast (positive) or slow by so many parts in a million. */
    record ClockDrift(NodeId node, long partsPerMillion) implements OfClock {
        public ClockDrift {
            if (partsPerMillion <= -1_000_000) {
                throw new IllegalArgumentException(
                        "a clock does not stand or run backwards: " + partsPerMillion);
            }
        }

        @Override
        public FaultKind kind() {
            return FaultKind.CLOCK;
        }
    }

    /** The disk answers a sync before the bytes are durable. */
    record LyingSync(NodeId node) implements OfDisk {
        @Override
        public FaultKind kind() {
            return FaultKind.DISK_LIES;
        }
    }

    /** The disk has no space left. */
    record DiskFull(NodeId node) implements OfDisk {
        @Override
        public FaultKind kind() {
            return FaultKind.DISK_FULL;
        }
    }

    /**
     * The operating system grants the process no more than so many mappings of its memory:
     * protecting a page, or letting stores to it pass, fails where it would take more (ENOMEM).
     */
    record FailedProtection(NodeId node, int mappings) implements OfNode {
        public FailedProtection {
            if (mappings < 3) {
                throw new IllegalArgumentException(
                        "three mappings or more, for one page among others: " + mappings);
            }
        }

        @Override
        public FaultKind kind() {
            return FaultKind.FAILED_PROTECTION;
        }
    }

    /** The disk is slower by a factor. */
    record SlowDisk(NodeId node, double factor) implements OfDisk {
        public SlowDisk {
            if (!(factor >= 1)) {
                throw new IllegalArgumentException(
                        "a slow disk is slower by a factor of 1 or more: " + factor);
            }
        }

        @Override
        public FaultKind kind() {
            return FaultKind.SLOW_DISK;
        }
    }

    /**
     * The disk fails: each read and each sync that it is asked for ends in an I/O error with a
     * probability, beside that of the disk itself. A write reaches the page cache, and does not
     * fail; a sync that failed has made nothing durable.
     */
    record DiskError(NodeId node, double probability) implements OfDisk {
        public DiskError {
            if (!(probability > 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "a disk fails with a probability above 0, at most 1: " + probability);
            }
        }

        @Override
        public FaultKind kind() {
            return FaultKind.DISK_FAILS;
        }
    }

    /** Sector writes are acknowledged by the disk and never done. */
    record LostSectorWrites(NodeId node) implements OfDisk {
        @Override
        public FaultKind kind() {
            return FaultKind.DISK_CORRUPTS;
        }
    }

    /** Sector writes land in another place of the same file. */
    record MisdirectedWrites(NodeId node) implements OfDisk {
        @Override
        public FaultKind kind() {
            return FaultKind.DISK_CORRUPTS;
        }
    }

    /** A stored file loses its end, the last sector that it reaches into. */
    record Truncation(NodeId node) implements OfDisk {
        @Override
        public FaultKind kind() {
            return FaultKind.DISK_CORRUPTS;
        }
    }

    /** Bits of stored sectors flip. */
    record SectorRot(NodeId node) implements OfDisk {
        @Override
        public FaultKind kind() {
            return FaultKind.DISK_CORRUPTS;
        }
    }

    /** Nothing passes between two machines, either way. */
    record LinkCut(NodeId from, NodeId to) implements OfLink {
        @Override
        public FaultKind kind() {
            return FaultKind.CUT;
        }
    }

    /** Nothing passes from one machine to another; the way back is open. */
    record OneWayCut(NodeId from, NodeId to) implements OfLink {
        @Override
        public FaultKind kind() {
            return FaultKind.CUT;
        }
    }

    /** A machine is cut off from all others. */
    record Isolation(NodeId node) implements OfNode, OfNetwork {
        @Override
        public FaultKind kind() {
            return FaultKind.CUT;
        }
    }

    /** The way between two machines is open and cut in turn, each for the same time. */
    record Flap(NodeId from, NodeId to, long periodNanos) implements OfLink {
        public Flap {
            if (periodNanos <= 0) {
                throw new IllegalArgumentException(
                        "a flap needs a period above zero: " + periodNanos);
            }
        }

        @Override
        public FaultKind kind() {
            return FaultKind.CUT;
        }
    }

    /**
     * An address was given to another machine: messages from one machine to a second are handed to
     * a third, its new tenant. RDMA connections know whom they are connected to, and are not
     * concerned.
     */
    record Misdelivery(NodeId from, NodeId to, NodeId tenant) implements OfLink {
        public Misdelivery {
            if (tenant.equals(to)) {
                throw new IllegalArgumentException(
                        "a message to " + to + " that reaches it is not misdelivered");
            }
        }

        @Override
        public FaultKind kind() {
            return FaultKind.BAD_LINK;
        }
    }

    /**
     * Messages are lost, doubled, reordered or corrupted with these probabilities, delayed, and
     * held up by a narrow place, one way.
     */
    record BadLink(NodeId from, NodeId to, LinkQuality quality) implements OfLink {
        @Override
        public FaultKind kind() {
            return FaultKind.BAD_LINK;
        }
    }
}
