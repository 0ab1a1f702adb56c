package cairn.rdma;

import cairn.model.NodeId;
import cairn.model.choice.Choices;
import cairn.model.choice.Mix;
import cairn.model.verbs.Access;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.Capacities;
import cairn.model.verbs.Extent;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.MemoryKey;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Payload;
import cairn.model.verbs.RemoteAccess;
import cairn.model.verbs.RemoteAddress;
import cairn.model.verbs.Transition;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/** Two machines, client and server, on a loopback network in virtual time. */
final class Fabric {

    static final Choices CALM = (choice, count) -> choice.law().calm();
    static final Set<Access> ALL =
            EnumSet.of(
                    Access.LOCAL_WRITE,
                    Access.REMOTE_READ,
                    Access.REMOTE_WRITE,
                    Access.REMOTE_ATOMIC,
                    Access.WINDOW_BIND,
                    Access.FLUSH_GLOBAL);
    static final int SIZE = 1 << 20;

    static Choices seeded(long seed) {
        return (choice, count) -> choice.law().at(Mix.fold(Mix.fold(seed, choice.key()), count));
    }

    private record Due(long time, long order, Runnable action) {}

    /** What a machine sends; tests decide what becomes of it. */
    record Sent(int from, Packet packet) {}

    final class Machine implements Host, PersistentMemory.Host {
        final NodeId id;
        final ByteMemory dram = new ByteMemory(SIZE);
        final PersistentMemory pmem;
        final Nic nic;
        final List<RemoteAccess> accesses = new ArrayList<>();
        final List<AsynchronousEvent> events = new ArrayList<>();
        final List<Long> persisted = new ArrayList<>();
        final List<WorkCompletion> completions = new ArrayList<>();
        boolean consumes = true;

        Machine(int index, Platform platform, RdmaCosts costs, Choices choices) {
            id = new NodeId(index);
            pmem = new PersistentMemory("pmem n" + index, 1L << 30, platform, costs, this, choices);
            nic = new Nic(id, costs, dram, pmem, this);
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public void transmit(NodeId to, Packet packet, int wireBytes) {
            packets++;
            long start = Math.max(now, busyUntil[id.index()]);
            long serial = Math.round(wireBytes / costs.bandwidthBytesPerNano());
            busyUntil[id.index()] = start + serial;
            if (passes.test(new Sent(id.index(), packet))) {
                NodeId self = id;
                long arrival = start + costs.packetNanos(wireBytes);
                at(arrival, () -> machines[to.index()].nic.receive(self, packet));
                if (duplicate) {
                    at(arrival + 5_000, () -> machines[to.index()].nic.receive(self, packet));
                }
            }
        }

        @Override
        public void after(long delayNanos, long timer) {
            at(now + delayNanos, () -> nic.fired(timer));
        }

        @Override
        public void completed(int completionQueue, WorkCompletion completion) {
            completions.add(completion);
            if (consumes) {
                nic.poll(completionQueue);
            }
        }

        @Override
        public void raised(AsynchronousEvent event, int handle) {
            events.add(event);
        }

        @Override
        public void observed(RemoteAccess access) {
            accesses.add(access);
        }

        @Override
        public void persisted(long delayNanos, long token) {
            at(now + delayNanos, () -> persisted.add(token));
        }
    }

    final RdmaCosts costs;
    final Machine[] machines;
    final Machine client;
    final Machine server;
    Predicate<Sent> passes = _ -> true;
    boolean duplicate;
    long now;
    long packets;
    int clientPair;
    int serverPair;
    int clientDomain;
    int serverDomain;
    int clientQueue;
    int serverQueue;
    MemoryKey local = new MemoryKey(0, 0);
    MemoryKey remote = new MemoryKey(0, 0);
    private final long[] busyUntil = new long[2];
    private final PriorityQueue<Due> events =
            new PriorityQueue<>((a, b) ->
                    a.time != b.time
                            ? Long.compare(a.time, b.time)
                            : Long.compare(a.order, b.order));
    private long order;

    Fabric(Platform platform, Choices choices) {
        this(platform, choices, RdmaCosts.DEFAULT);
    }

    Fabric(Platform platform, Choices choices, RdmaCosts costs) {
        this.costs = costs;
        machines =
                new Machine[] {
                    new Machine(0, platform, costs, choices),
                    new Machine(1, platform, costs, choices)
                };
        client = machines[0];
        server = machines[1];
    }

    /**
     * A fabric whose machines are connected, with 64 KiB registered in the client's DRAM and the
     * server's pmem.
     */
    static Fabric connected(Platform platform, Choices choices) {
        Fabric fabric = new Fabric(platform, choices);
        fabric.connect(EnumSet.allOf(Access.class), new Transition.ReadyToSend(0xFFFFF0));
        return fabric;
    }

    void connect(Set<Access> rights, Transition.ReadyToSend sends) {
        connect(
                rights,
                new Transition.ReadyToReceive(server.id, 1, 4096, 77, 16, 12),
                sends,
                Capacities.DEFAULT,
                256);
    }

    void connect(
            Set<Access> rights,
            Transition.ReadyToReceive receives,
            Transition.ReadyToSend sends,
            Capacities capacities,
            int depth) {
        clientDomain = client.nic.allocateDomain();
        serverDomain = server.nic.allocateDomain();
        clientQueue = client.nic.createCompletionQueue(depth);
        serverQueue = server.nic.createCompletionQueue(depth);
        clientPair = client.nic.createQueuePair(clientDomain, clientQueue, clientQueue, capacities);
        serverPair = server.nic.createQueuePair(serverDomain, serverQueue, serverQueue, capacities);
        EnumSet<Access> access = EnumSet.copyOf(ALL);
        if (server.pmem.platform().nativePersistentFlush()) {
            access.add(Access.FLUSH_PERSISTENT);
        }
        local =
                client.nic.register(
                        clientDomain, MemoryKind.DRAM, List.of(new Extent(0, 1 << 19)), ALL);
        remote =
                server.nic.register(
                        serverDomain,
                        MemoryKind.PERSISTENT,
                        List.of(new Extent(0, 1 << 19)),
                        access);
        client.nic.modify(clientPair, new Transition.Initialise(rights));
        server.nic.modify(serverPair, new Transition.Initialise(rights));
        client.nic.modify(
                clientPair,
                new Transition.ReadyToReceive(
                        server.id,
                        serverPair,
                        receives.mtuBytes(),
                        77,
                        receives.maxInboundReads(),
                        receives.minRnrTimerCode()));
        server.nic.modify(
                serverPair,
                new Transition.ReadyToReceive(
                        client.id,
                        clientPair,
                        receives.mtuBytes(),
                        sends.sendPsn(),
                        receives.maxInboundReads(),
                        receives.minRnrTimerCode()));
        client.nic.modify(clientPair, sends);
        server.nic.modify(
                serverPair,
                new Transition.ReadyToSend(
                        77,
                        sends.maxOutboundReads(),
                        sends.retryCount(),
                        sends.rnrRetryCount(),
                        sends.timeoutExponent()));
    }

    void at(long time, Runnable action) {
        events.add(new Due(time, order++, action));
    }

    /** Runs everything there is. */
    void run() {
        runUntil(Long.MAX_VALUE);
    }

    void runUntil(long end) {
        for (Due next = events.peek(); next != null && next.time <= end; next = events.peek()) {
            events.remove();
            now = next.time;
            next.action.run();
        }
        if (end != Long.MAX_VALUE) {
            now = Math.max(now, end);
        }
    }

    /** Runs until the client has so many completions. */
    void awaitCompletions(int count) {
        while (client.completions.size() < count) {
            Due next = events.poll();
            if (next == null) {
                throw new AssertionError("only " + client.completions + " after " + now + " ns");
            }
            now = next.time;
            next.action.run();
        }
    }

    void post(WorkRequest request) {
        client.nic.post(clientPair, request);
    }

    RemoteAddress remoteAt(long offset) {
        return new RemoteAddress(remote.rkey(), offset);
    }

    LocalSlice localAt(long offset, int length) {
        return new LocalSlice(local.lkey(), offset, length);
    }

    WorkRequest.Write write(long id, byte[] bytes, long offset) {
        return new WorkRequest.Write(id, gathered(bytes), remoteAt(offset));
    }

    /** Puts bytes into the client's registered memory and names them. */
    Payload gathered(byte[] bytes) {
        if (cursor + bytes.length > 1 << 18) {
            cursor = 0;
        }
        client.dram.write(cursor, bytes, 0, bytes.length);
        Payload payload = Payload.gather(localAt(cursor, bytes.length));
        cursor += bytes.length;
        return payload;
    }

    private int cursor;

    byte[] serverBytes(long address, int length) {
        byte[] bytes = new byte[length];
        server.pmem.read(address, bytes, 0, length);
        return bytes;
    }

    static byte[] pattern(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (Mix.mix(seed * 1_000_003L + i) | 1);
        }
        return bytes;
    }
}
