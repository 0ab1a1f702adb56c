package cairn.rdma;

import cairn.model.NodeId;
import cairn.model.memory.Memory;
import cairn.model.verbs.Access;
import cairn.model.verbs.Capacities;
import cairn.model.verbs.Extent;
import cairn.model.verbs.MemoryKey;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.QueuePairState;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.Transition;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One machine's RDMA adapter. It needs no processor: it serves its peers while the machine's
 * programs hang (PMU-2), and stops only when it is reset or when its host delivers nothing.
 *
 * <p>Handles are never used twice for queue pairs, completion queues and domains; keys are (see
 * {@code ProtectionTable}).
 */
public final class Nic implements Verbs {

    private final ProtectionTable table = new ProtectionTable();
    private final MachineMemory memory;
    private final Adapter adapter;
    private final List<@Nullable QueuePair> pairs = new ArrayList<>();
    private final List<@Nullable CompletionQueue> queues = new ArrayList<>();
    private final List<Boolean> domains = new ArrayList<>();
    private final int lastPair;

    /** {@code persistent} is null on a machine without persistent memory. */
    public Nic(
            NodeId node,
            RdmaCosts costs,
            Memory dram,
            @Nullable DurableMemory persistent,
            Host host) {
        this(node, costs, dram, persistent, host, 0);
    }

    /**
     * An adapter that takes the place of an earlier one, whose peers may still send to it.
     *
     * @param lastPair the number of no queue pair is as low as this, so that theirs name none
     */
    public Nic(
            NodeId node,
            RdmaCosts costs,
            Memory dram,
            @Nullable DurableMemory persistent,
            Host host,
            int lastPair) {
        this.lastPair = lastPair;
        this.memory = new MachineMemory(dram, persistent, table);
        this.adapter = new Adapter(node, costs, host, table, memory, this);
    }

    /** A packet arrived. One for a queue pair that is not there is dropped silently. */
    public void receive(NodeId from, Packet packet) {
        QueuePair pair = find(packet.queuePair);
        if (pair != null) {
            pair.receive(from, packet);
        }
    }

    /** A timer that was set through {@link Host#after} has run out. */
    public void fired(long timer) {
        QueuePair pair = find((int) timer);
        if (pair != null) {
            pair.fired((int) (timer >>> 40), (int) (timer >>> 32) & 0xFF);
        }
    }

    /**
     * The program that made the calls has died: its queue pairs, completion queues, regions and
     * domains are gone without completions; writes that were accepted move on.
     */
    public void processCrash() {
        pairs.replaceAll(_ -> null);
        queues.replaceAll(_ -> null);
        domains.replaceAll(_ -> false);
        table.clear();
    }

    /**
     * The adapter is reset: as {@link #processCrash}, and writes in its buffers are lost. When a
     * machine restarts or loses power, call {@link #processCrash} and tell the memory what
     * happened. Returns what was lost.
     */
    public Loss reset() {
        processCrash();
        return memory.hasPersistent() ? memory.persistent().nicLoss() : Loss.NONE;
    }

    @Override
    public int allocateDomain() {
        domains.add(true);
        return domains.size();
    }

    @Override
    public void deallocateDomain(int domain) {
        checkDomain(domain);
        if (table.usesDomain(domain)) {
            throw new IllegalStateException("a region uses domain " + domain);
        }
        for (QueuePair pair : pairs) {
            if (pair != null && pair.domain() == domain) {
                throw new IllegalStateException(
                        "queue pair " + pair.number() + " uses domain " + domain);
            }
        }
        domains.set(domain - 1, false);
    }

    private void checkDomain(int domain) {
        if (domain < 1 || domain > domains.size() || !domains.get(domain - 1)) {
            throw new IllegalArgumentException("no such protection domain: " + domain);
        }
    }

    @Override
    public MemoryKey register(
            int domain, MemoryKind kind, List<Extent> translation, Set<Access> access) {
        checkDomain(domain);
        memory.check(kind, translation);
        int rights = Rights.of(access);
        if (Rights.changeBytes(rights) && !access.contains(Access.LOCAL_WRITE)) {
            throw new IllegalArgumentException(
                    "REMOTE_WRITE and REMOTE_ATOMIC need LOCAL_WRITE: " + access);
        }
        if (access.contains(Access.FLUSH_PERSISTENT)
                && (kind == MemoryKind.DRAM
                        || !memory.persistent().platform().nativePersistentFlush())) {
            throw new IllegalArgumentException(
                    "this platform does not flush " + kind + " to persistence: " + access);
        }
        int lkey = table.add(new Region(domain, kind, rights, translation));
        return new MemoryKey(lkey, ProtectionTable.remoteKey(lkey));
    }

    @Override
    public void translate(int lkey, List<Extent> translation) {
        Region region = region(lkey);
        memory.check(region.kind(), translation);
        memory.settle(region);
        region.translate(translation);
    }

    @Override
    public void deregister(int lkey) {
        Region region = region(lkey);
        if (region.hasWindows()) {
            throw new IllegalStateException("a window is bound to region " + lkey);
        }
        memory.settle(region);
        table.removeRegion(lkey);
    }

    private Region region(int lkey) {
        Region region = table.local(lkey);
        if (region == null) {
            throw new IllegalArgumentException("no such region: " + lkey);
        }
        return region;
    }

    @Override
    public int bindWindow(int queuePair, int lkey, long offset, long length, Set<Access> access) {
        QueuePair pair = pair(queuePair);
        Region region = region(lkey);
        int rights = Rights.of(access) & Rights.REMOTE;
        if (region.domain() != pair.domain()) {
            throw new IllegalArgumentException(
                    "region " + lkey + " is of another domain than queue pair " + queuePair);
        }
        if (length <= 0 || !region.covers(offset, length)) {
            throw new IllegalArgumentException(
                    "region " + lkey + " does not cover " + offset + " + " + length);
        }
        if (!Rights.include(region.rights(), Rights.neededToBind(rights))) {
            throw new IllegalArgumentException(
                    "region " + lkey + " does not allow such a window: " + access);
        }
        return table.add(new Window(region, queuePair, offset, length, rights));
    }

    @Override
    public void invalidateWindow(int rkey) {
        Window window = table.window(rkey);
        if (window == null) {
            throw new IllegalArgumentException("no such window: " + rkey);
        }
        memory.settle(window.region());
        table.removeWindow(rkey);
    }

    @Override
    public int createCompletionQueue(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException(
                    "a completion queue has at least one place: " + depth);
        }
        queues.add(new CompletionQueue(queues.size() + 1, depth));
        return queues.size();
    }

    @Override
    public void destroyCompletionQueue(int completionQueue) {
        CompletionQueue queue = queue(completionQueue);
        for (QueuePair pair : pairs) {
            if (pair != null && pair.uses(queue)) {
                throw new IllegalStateException(
                        "queue pair "
                                + pair.number()
                                + " uses completion queue "
                                + completionQueue);
            }
        }
        queues.set(completionQueue - 1, null);
    }

    @Override
    public @Nullable WorkCompletion poll(int completionQueue) {
        return queue(completionQueue).poll();
    }

    private CompletionQueue queue(int number) {
        CompletionQueue queue =
                number < 1 || number > queues.size() ? null : queues.get(number - 1);
        if (queue == null) {
            throw new IllegalArgumentException("no such completion queue: " + number);
        }
        return queue;
    }

    @Override
    public int createQueuePair(
            int domain, int sendCompletions, int receiveCompletions, Capacities capacities) {
        checkDomain(domain);
        int number = lastPair + pairs.size() + 1;
        pairs.add(
                new QueuePair(
                        number,
                        domain,
                        queue(sendCompletions),
                        queue(receiveCompletions),
                        capacities,
                        adapter));
        return number;
    }

    @Override
    public void destroyQueuePair(int queuePair) {
        pair(queuePair);
        table.removeWindowsOf(queuePair);
        memory.drain(queuePair);
        pairs.set(queuePair - lastPair - 1, null);
    }

    private @Nullable QueuePair find(int number) {
        int place = number - lastPair - 1;
        return place < 0 || place >= pairs.size() ? null : pairs.get(place);
    }

    private QueuePair pair(int number) {
        QueuePair pair = find(number);
        if (pair == null) {
            throw new IllegalArgumentException("no such queue pair: " + number);
        }
        return pair;
    }

    @Override
    public void modify(int queuePair, Transition transition) {
        pair(queuePair).modify(transition);
    }

    @Override
    public QueuePairState state(int queuePair) {
        return pair(queuePair).state();
    }

    @Override
    public void post(int queuePair, WorkRequest request) {
        pair(queuePair).post(request);
    }

    @Override
    public void postReceive(int queuePair, ReceiveRequest request) {
        pair(queuePair).postReceive(request);
    }

    /** A completion queue has overrun: what it served can report nothing any more. */
    void failUsersOf(CompletionQueue queue) {
        for (int i = 0; i < pairs.size(); i++) {
            QueuePair pair = pairs.get(i);
            if (pair != null && pair.uses(queue) && pair.state() != QueuePairState.RESET) {
                pair.enterError();
            }
        }
    }
}
