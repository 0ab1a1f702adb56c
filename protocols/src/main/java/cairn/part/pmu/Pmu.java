package cairn.part.pmu;

import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.Seat;
import cairn.model.choice.Mix;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Mirrored units, the pair that manages them, and who may use them: first all clients, then the
 * units, then the managers.
 *
 * @param <M> the messages of the protocol, of which some are {@link PmuMessage.Carrier}s
 */
public final class Pmu<M extends Message> {

    private static final int MANAGERS = 2;
    private static final long SECRET = 0x7365_6372_6574L;

    private final PmuSettings settings;
    private final PmuRules rules;
    private final List<NodeId> clients;
    private final List<NodeId> units;
    private final List<NodeId> managers;
    private final List<Long> regions;
    private final long zeroBytes;
    private final Function<PmuMessage, M> wire;

    /**
     * Units for the places from the first one on.
     *
     * @param regions how long each region is
     * @param zeroBytes so many bytes at the beginning of a new region are zero
     * @param wire makes a message of what is said
     */
    public Pmu(
            PmuSettings settings,
            PmuRules rules,
            int clients,
            int units,
            List<Long> regions,
            long zeroBytes,
            Function<PmuMessage, M> wire) {
        this.settings = settings;
        this.rules = rules;
        this.clients = NodeId.run(0, clients);
        this.units = NodeId.run(clients, units);
        this.managers = NodeId.run(clients + units, MANAGERS);
        this.regions = List.copyOf(regions);
        this.zeroBytes = zeroBytes;
        this.wire = wire;
    }

    PmuSettings settings() {
        return settings;
    }

    PmuRules rules() {
        return rules;
    }

    public List<NodeId> clients() {
        return clients;
    }

    List<NodeId> units() {
        return units;
    }

    List<NodeId> managers() {
        return managers;
    }

    /** How many places take part with so many clients and units. */
    public static int size(int clients, int units) {
        return clients + units + MANAGERS;
    }

    /** The places of the units and the managers, in their order. */
    public List<Seat> seats() {
        Hardware unit =
                Hardware.PLAIN
                        .withPersistentMemory(unitBytes())
                        .withNic(FlushService.bufferBytes(clients.size()));
        return Stream.concat(
                        Seat.several("pmu-", 1, units.size() + 1, unit).stream(),
                        Seat.several("manager-", 1, managers.size() + 1, Hardware.PLAIN).stream())
                .toList();
    }

    /** The node of a unit or a manager. */
    public Node<M> node(NodeId place) {
        return units.contains(place) ? new Unit<>(this) : new Manager<>(this, place);
    }

    List<Long> regions() {
        return regions;
    }

    long zeroBytes() {
        return zeroBytes;
    }

    /** A unit's persistent memory: its own data, the regions, and room to lay one out anew. */
    long unitBytes() {
        long largest = 0;
        long sum = UnitStore.FIRST_REGION;
        for (long region : regions) {
            sum += region;
            largest = Math.max(largest, region);
        }
        return sum + largest;
    }

    void send(NodeId to, PmuMessage message, Outbox<M> out) {
        out.send(to, wire.apply(message));
    }

    /** What a node shows to prove who it is: derived from a secret that all of them share. */
    static long credential(NodeId node) {
        return Mix.fold(SECRET, node.index());
    }

    /** PMU-10, PMU-18: whether a node is one of some, and has shown that it is this one. */
    static boolean isProven(NodeId node, long credential, List<NodeId> some) {
        return some.contains(node) && credential == credential(node);
    }
}
