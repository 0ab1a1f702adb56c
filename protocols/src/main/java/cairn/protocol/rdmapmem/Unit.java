package cairn.protocol.rdmapmem;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.AsynchronousEvent;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Bind;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Bound;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Connect;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Connected;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Manage;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Managed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.NotBound;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Order;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Outranked;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Program;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Programmed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Revoke;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Unbind;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Unbound;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Withdrawn;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * The processor of a persistent-memory unit. It sets up what may be accessed, as the manager orders
 * it; what is then read and written passes it by (PMU-2), unless it is asked to flush.
 *
 * <p>It carries out one change at a time: while something is being persisted, orders wait.
 */
final class Unit implements Node<RdmaPmemMessage> {

    private static final long FREE_RETIRED = 1;

    private final RdmaPmemSettings settings;
    private final Topology topology;
    private final Layout layout;
    private final Rules rules;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final boolean[] authenticated;
    private NodeId self = new NodeId(0);
    private @Nullable UnitStore store;
    private @Nullable UnitAdapter adapter;
    private @Nullable FlushService flushes;
    private @Nullable String refusal;
    private @Nullable Runnable afterPersist;
    private int persisting;

    private record Waiting(NodeId origin, Order order) {}

    Unit(RdmaPmemSettings settings, Topology topology, Layout layout, Rules rules) {
        this.settings = settings;
        this.topology = topology;
        this.layout = layout;
        this.rules = rules;
        this.authenticated = new boolean[topology.size()];
    }

    /** PMU-11: what the directory says is what the adapter translates, from the start. */
    @Override
    public void boot(Boot boot, Outbox<RdmaPmemMessage> out) {
        self = boot.self();
        UnitAdapter fresh =
                new UnitAdapter(settings, rules, topology.servers().size(), out.verbs());
        refusal = fresh.refusal();
        if (refusal != null) {
            return;
        }
        UnitStore found = new UnitStore(out.persistentMemory(), rules);
        out.claim(new Fact.Directory(self, found.directory().entries()));
        fresh.program(found.directory());
        store = found;
        adapter = fresh;
        flushes = new FlushService(fresh, topology.servers().size(), out);
    }

    @Override
    public void on(Event<RdmaPmemMessage> event, Outbox<RdmaPmemMessage> out) {
        UnitStore kept = store;
        UnitAdapter nic = adapter;
        FlushService flusher = flushes;
        if (kept == null || nic == null || flusher == null) {
            // It refused at boot; waitsFor says why.
            return;
        }
        switch (event) {
            case Event.Delivered<RdmaPmemMessage>(NodeId origin, Order order) ->
                    receive(origin, order, kept, nic, out);
            case Event.Delivered<RdmaPmemMessage>(NodeId origin, Connect connect) ->
                    connect(origin, connect, nic, flusher, out);
            case Event.Persisted<RdmaPmemMessage>(long token) when FlushService.owns(token) ->
                    flusher.persisted(token, out);
            case Event.Persisted<RdmaPmemMessage> _ -> persisted(kept, nic, out);
            case Event.Completed<RdmaPmemMessage>(var completion) ->
                    flusher.completed(completion, out);
            case Event.Raised<RdmaPmemMessage>(AsynchronousEvent raised, int _) -> {
                // A peer's bad request ended its own connection; anything else ends us.
                if (raised != AsynchronousEvent.QUEUE_PAIR_ACCESS_ERROR) {
                    out.halt("its adapter failed: " + raised);
                }
            }
            case Event.Fired<RdmaPmemMessage> _ -> nic.freeRetired();
            case Event.Delivered<RdmaPmemMessage> _,
                    Event.Asked<RdmaPmemMessage> _,
                    Event.Answered<RdmaPmemMessage> _,
                    Event.Computed<RdmaPmemMessage> _,
                    Event.OfDisk<RdmaPmemMessage> _ ->
                    throw new IllegalStateException("not for a unit: " + event);
        }
    }

    // ---- orders of a manager

    private void receive(
            NodeId origin,
            Order order,
            UnitStore kept,
            UnitAdapter nic,
            Outbox<RdmaPmemMessage> out) {
        // PMU-18: who has not proved to be a manager is not answered.
        if (order instanceof Manage(long _, long credential)) {
            if (!topology.isManager(origin) || credential != Topology.credential(origin)) {
                return;
            }
            authenticated[origin.index()] = true;
        }
        if (!authenticated[origin.index()]) {
            return;
        }
        if (persisting > 0) {
            waiting.add(new Waiting(origin, order));
            return;
        }
        obey(origin, order, kept, nic, out);
    }

    private void obey(
            NodeId origin,
            Order order,
            UnitStore kept,
            UnitAdapter nic,
            Outbox<RdmaPmemMessage> out) {
        if (rules.isOutranked(order.term(), kept.term())) {
            out.send(origin, new Outranked(kept.term()));
            return;
        }
        if (!(order instanceof Manage)) {
            out.claim(new Fact.Obeyed(self, order.term()));
        }
        switch (order) {
            case Manage(long term, long _) -> manage(origin, term, kept, out);
            case Program(long term, Directory directory) ->
                    program(origin, term, directory, kept, nic, out);
            case Bind bind -> bind(origin, bind, kept, nic, out);
            case Unbind(long term, NodeId requester, long attempt, int region) -> {
                int ended = nic.unbind(requester, attempt, region) ? 1 : 0;
                out.send(origin, new Unbound(term, requester, attempt, region, ended));
            }
            case Revoke(long term, long leaderTerm) -> {
                int ended = nic.revoke(leaderTerm);
                out.send(origin, new Withdrawn(term, leaderTerm, ended));
            }
        }
    }

    /** PMU-18: a higher term is kept before it is obeyed. */
    private void manage(NodeId origin, long term, UnitStore kept, Outbox<RdmaPmemMessage> out) {
        if (term <= kept.term()) {
            out.send(origin, new Managed(term, kept.directory()));
            return;
        }
        kept.keepTerm(term, 0);
        await(1, () -> out.send(origin, new Managed(term, kept.directory())));
    }

    /** PMU-11: a changed directory is durable before the adapter follows it. */
    private void program(
            NodeId origin,
            long term,
            Directory changed,
            UnitStore kept,
            UnitAdapter nic,
            Outbox<RdmaPmemMessage> out) {
        Directory current = kept.directory();
        if (changed.generation() <= current.generation()) {
            out.send(origin, new Programmed(term, current.generation()));
            return;
        }
        Runnable keep =
                () -> {
                    kept.keep(changed, 0);
                    await(
                            1,
                            () -> {
                                nic.program(changed);
                                if (nic.hasRetired()) {
                                    out.arm(FREE_RETIRED, 1);
                                }
                                out.send(origin, new Programmed(term, changed.generation()));
                            });
                };
        int cleared = 0;
        for (Fact.Entry entry : changed.entries()) {
            if (!entry.equals(current.find(entry.resource()))) {
                // What lay there before must not look like a set of the new region.
                long length = Math.min(entry.length(), layout.ringBytes());
                kept.clear(entry.address(), length, 0);
                cleared++;
            }
        }
        if (cleared == 0) {
            keep.run();
        } else {
            await(cleared, keep);
        }
    }

    private void await(int persists, Runnable then) {
        persisting = persists;
        afterPersist = then;
    }

    private void persisted(UnitStore kept, UnitAdapter nic, Outbox<RdmaPmemMessage> out) {
        Runnable then = afterPersist;
        if (--persisting > 0 || then == null) {
            return;
        }
        afterPersist = null;
        then.run();
        while (persisting == 0 && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            obey(next.origin, next.order, kept, nic, out);
        }
    }

    private void bind(
            NodeId origin,
            Bind bind,
            UnitStore kept,
            UnitAdapter nic,
            Outbox<RdmaPmemMessage> out) {
        UnitAdapter.Connection connection = nic.connectionOf(bind.requester(), bind.attempt());
        int rkey =
                connection == null || !rules.mayBind(bind, kept.directory())
                        ? 0
                        : nic.bind(connection, bind.region(), bind.writes(), bind.leaderTerm());
        out.send(
                origin,
                rkey == 0
                        ? new NotBound(bind.term(), bind.requester(), bind.attempt(), bind.region())
                        : new Bound(
                                bind.term(),
                                bind.requester(),
                                bind.attempt(),
                                bind.region(),
                                rkey));
    }

    // ---- connections

    /** PMU-10: only who proves to be a server is connected; access needs the manager's word. */
    private void connect(
            NodeId origin,
            Connect connect,
            UnitAdapter nic,
            FlushService flusher,
            Outbox<RdmaPmemMessage> out) {
        if (!topology.isServer(origin) || connect.credential() != Topology.credential(origin)) {
            return;
        }
        UnitAdapter.Connection former = nic.connectionOf(origin);
        if (former != null && former.attempt() > connect.attempt()) {
            return;
        }
        if (former == null || former.attempt() < connect.attempt()) {
            out.claim(new Fact.Authenticated(self, origin));
            former = nic.connect(origin, connect.attempt(), connect.queuePair());
            flusher.connected(former, out);
        }
        out.send(origin, new Connected(former.attempt(), former.queuePair()));
    }

    @Override
    public String waitsFor() {
        if (refusal != null) {
            return "an adapter and platform that do what the settings ask for (" + refusal + ")";
        }
        return persisting > 0 ? "its own persistent memory" : "orders of the manager";
    }
}
