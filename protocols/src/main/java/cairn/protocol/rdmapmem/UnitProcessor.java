package cairn.protocol.rdmapmem;

import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.WorkCompletion;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Bind;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Connect;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Connected;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Manage;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Managed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.NotBound;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Obeyed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Order;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Outranked;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Program;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Revoke;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Unbind;
import cairn.protocol.rdmapmem.UnitAdapter.Connection;

import java.util.ArrayDeque;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The processor of a persistent-memory unit. It sets up what may be accessed, as the manager orders
 * it; what is then read and written passes it by (PMU-2), unless it is asked to flush.
 *
 * <p>It carries out one change at a time: while something is being persisted, orders wait.
 */
final class UnitProcessor {

    private static final long FREE_RETIRED = 1;

    private final Setup setup;
    private final NodeId self;
    private final UnitAdapter adapter;
    private final UnitStore store;
    private final FlushService flushes;
    private final NavigableSet<NodeId> authenticated = new TreeSet<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private Runnable afterPersist = () -> {};
    private int persisting;

    private record Waiting(NodeId origin, Order order) {}

    /** PMU-11: what the directory says is what the adapter translates, from the start. */
    UnitProcessor(Setup setup, UnitAdapter adapter, NodeId self, Outbox<RdmaPmemMessage> out) {
        this.setup = setup;
        this.self = self;
        this.adapter = adapter;
        store = new UnitStore(out.persistentMemory(), setup.rules());
        out.claim(
                new Fact.Directory(
                        self,
                        UnitStore.FIRST_REGION,
                        setup.layout().unitBytes(),
                        store.directory().entries()));
        adapter.program(store.directory());
        flushes = new FlushService(adapter, out);
    }

    void on(Event<RdmaPmemMessage> event, Outbox<RdmaPmemMessage> out) {
        switch (event) {
            case Event.Delivered(NodeId origin, Order order) -> receive(origin, order, out);
            case Event.Delivered(NodeId origin, Connect connect) -> connect(origin, connect, out);
            case Event.Persisted(long token) when FlushService.owns(token) ->
                    flushes.persisted(token, out);
            case Event.Persisted<?> _ -> persisted(out);
            case Event.Completed(WorkCompletion completion) -> flushes.completed(completion, out);
            case Event.Raised(AsynchronousEvent raised, int _) -> {
                // A peer's bad request ended its own connection; anything else ends us.
                if (raised != AsynchronousEvent.QUEUE_PAIR_ACCESS_ERROR) {
                    out.halt("its adapter failed: " + raised);
                }
            }
            case Event.Fired<?> _ -> adapter.freeRetired();
            case Event.Delivered<?> _,
                    Event.Asked<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.OfDisk<?> _ ->
                    throw new IllegalStateException("not for a unit: " + event);
        }
    }

    // ---- orders of a manager

    private void receive(NodeId origin, Order order, Outbox<RdmaPmemMessage> out) {
        // PMU-18: who has not proved to be a manager is not answered.
        if (order instanceof Manage(long _, long credential)) {
            if (!setup.topology().isManager(origin) || credential != Topology.credential(origin)) {
                return;
            }
            authenticated.add(origin);
        }
        if (!authenticated.contains(origin)) {
            return;
        }
        if (persisting > 0) {
            waiting.add(new Waiting(origin, order));
        } else {
            obey(origin, order, out);
        }
    }

    private void obey(NodeId origin, Order order, Outbox<RdmaPmemMessage> out) {
        if (setup.rules().isOutranked(order.term(), store.term())) {
            out.send(origin, new Outranked(store.term()));
            return;
        }
        if (!(order instanceof Manage)) {
            out.claim(new Fact.Obeyed(self, order.term()));
        }
        switch (order) {
            case Manage(long term, long _) -> manage(origin, term, out);
            case Program program -> program(origin, program, out);
            case Bind bind -> bind(origin, bind, out);
            case Unbind(long _, NodeId requester, long attempt, int region) -> {
                int ended = adapter.unbind(requester, attempt, region) ? 1 : 0;
                out.send(origin, new Obeyed(order, ended));
            }
            case Revoke(long _, long leaderTerm) ->
                    out.send(origin, new Obeyed(order, adapter.revoke(leaderTerm)));
        }
    }

    /** PMU-18: a higher term is kept before it is obeyed. */
    private void manage(NodeId origin, long term, Outbox<RdmaPmemMessage> out) {
        if (term <= store.term()) {
            out.send(origin, new Managed(term, store.directory()));
        } else {
            store.keepTerm(term, 0);
            await(1, () -> out.send(origin, new Managed(term, store.directory())));
        }
    }

    /** PMU-11: a changed directory is durable before the adapter follows it. */
    private void program(NodeId origin, Program order, Outbox<RdmaPmemMessage> out) {
        Directory changed = order.directory();
        Directory current = store.directory();
        if (changed.generation() <= current.generation()) {
            if (changed.equals(current)) {
                out.send(origin, new Obeyed(order, 0));
            }
            return;
        }
        int cleared = 0;
        for (Fact.Entry entry : changed.entries()) {
            if (!entry.equals(current.find(entry.resource()))) {
                // What lay there before must not look like a set of the new region.
                long length = Math.min(entry.length(), setup.layout().ringBytes());
                store.clear(entry.address(), length, 0);
                cleared++;
            }
        }
        await(cleared, () -> keep(origin, order, out));
    }

    private void keep(NodeId origin, Program order, Outbox<RdmaPmemMessage> out) {
        store.keep(order.directory(), 0);
        await(
                1,
                () -> {
                    adapter.program(order.directory());
                    if (adapter.hasRetired()) {
                        out.arm(FREE_RETIRED, 1);
                    }
                    out.send(origin, new Obeyed(order, 0));
                });
    }

    /** Goes on when so many ranges are durable. */
    private void await(int persists, Runnable then) {
        if (persists == 0) {
            then.run();
        } else {
            persisting = persists;
            afterPersist = then;
        }
    }

    private void persisted(Outbox<RdmaPmemMessage> out) {
        if (--persisting > 0) {
            return;
        }
        afterPersist.run();
        while (persisting == 0 && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            obey(next.origin, next.order, out);
        }
    }

    private void bind(NodeId origin, Bind bind, Outbox<RdmaPmemMessage> out) {
        Connection connection = adapter.connectionOf(bind.requester(), bind.attempt());
        int rkey =
                connection == null || !setup.rules().mayBind(bind, store.directory())
                        ? 0
                        : adapter.bind(connection, bind.region(), bind.writes(), bind.leaderTerm());
        out.send(origin, rkey == 0 ? new NotBound(bind) : new Obeyed(bind, rkey));
    }

    // ---- connections

    /** PMU-10: only who proves to be a server is connected; access needs the manager's word. */
    private void connect(NodeId origin, Connect connect, Outbox<RdmaPmemMessage> out) {
        if (!setup.topology().isServer(origin)
                || connect.credential() != Topology.credential(origin)) {
            return;
        }
        Connection present = adapter.connectionOf(origin);
        if (present != null && present.attempt() > connect.attempt()) {
            return;
        }
        if (present == null || present.attempt() < connect.attempt()) {
            out.claim(new Fact.Authenticated(self, origin));
            present = adapter.connect(origin, connect.attempt(), connect.queuePair());
            flushes.connected(present, out.verbs());
        }
        out.send(origin, new Connected(present.attempt(), present.queuePair()));
    }

    String waitsFor() {
        return persisting > 0 ? "its own persistent memory" : "orders of the manager";
    }
}
