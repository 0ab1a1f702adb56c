package cairn.part.pmu;

import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.WorkCompletion;
import cairn.part.pmu.PmuMessage.Bind;
import cairn.part.pmu.PmuMessage.Carrier;
import cairn.part.pmu.PmuMessage.Connect;
import cairn.part.pmu.PmuMessage.Connected;
import cairn.part.pmu.PmuMessage.Manage;
import cairn.part.pmu.PmuMessage.Managed;
import cairn.part.pmu.PmuMessage.ManagerAlive;
import cairn.part.pmu.PmuMessage.NotBound;
import cairn.part.pmu.PmuMessage.Obeyed;
import cairn.part.pmu.PmuMessage.Order;
import cairn.part.pmu.PmuMessage.Outranked;
import cairn.part.pmu.PmuMessage.Petition;
import cairn.part.pmu.PmuMessage.Program;
import cairn.part.pmu.PmuMessage.Reply;
import cairn.part.pmu.PmuMessage.Report;
import cairn.part.pmu.PmuMessage.Revoke;
import cairn.part.pmu.PmuMessage.Unbind;
import cairn.part.pmu.UnitAdapter.Connection;

import java.util.ArrayDeque;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The processor of a persistent-memory unit. It sets up what may be accessed, as the manager orders
 * it; what is then read and written passes it by (PMU-2), unless it is asked to flush.
 *
 * <p>It carries out one change at a time: while something is being persisted, orders wait.
 */
final class UnitProcessor<M extends Message> {

    private static final long FREE_RETIRED = 1;

    private final Pmu<M> pmu;
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
    UnitProcessor(Pmu<M> pmu, UnitAdapter adapter, NodeId self, Outbox<M> out) {
        this.pmu = pmu;
        this.self = self;
        this.adapter = adapter;
        store = new UnitStore(out.persistentMemory(), pmu.rules());
        out.claim(
                new Fact.Directory(
                        self,
                        UnitStore.FIRST_REGION,
                        pmu.unitBytes(),
                        store.directory().entries()));
        adapter.program(store.directory());
        flushes = new FlushService(adapter, out);
    }

    void on(Event<M> event, Outbox<M> out) {
        switch (event) {
            case Event.Delivered(NodeId origin, Carrier carrier) ->
                    told(origin, carrier.carried(), out);
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

    private void told(NodeId origin, PmuMessage message, Outbox<M> out) {
        switch (message) {
            case Order order -> receive(origin, order, out);
            case Connect connect -> connect(origin, connect, out);
            case Report _, Petition _, Reply _, Connected _, ManagerAlive _ ->
                    throw new IllegalStateException("not for a unit: " + message);
        }
    }

    // ---- orders of a manager

    private void receive(NodeId origin, Order order, Outbox<M> out) {
        // PMU-18: who has not proved to be a manager is not answered.
        if (order instanceof Manage(long _, long credential)) {
            if (!Pmu.isProven(origin, credential, pmu.managers())) {
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

    private void obey(NodeId origin, Order order, Outbox<M> out) {
        if (pmu.rules().isOutranked(order.term(), store.term())) {
            pmu.send(origin, new Outranked(store.term()), out);
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
                pmu.send(origin, new Obeyed(order, ended), out);
            }
            case Revoke(long _, long leaderTerm) ->
                    pmu.send(origin, new Obeyed(order, adapter.revoke(leaderTerm)), out);
        }
    }

    /** PMU-18: a higher term is kept before it is obeyed. */
    private void manage(NodeId origin, long term, Outbox<M> out) {
        if (term <= store.term()) {
            pmu.send(origin, new Managed(term, store.directory()), out);
        } else {
            store.keepTerm(term, 0);
            await(1, () -> pmu.send(origin, new Managed(term, store.directory()), out));
        }
    }

    /** PMU-11: a changed directory is durable before the adapter follows it. */
    private void program(NodeId origin, Program order, Outbox<M> out) {
        Directory changed = order.directory();
        Directory current = store.directory();
        if (changed.generation() <= current.generation()) {
            if (changed.equals(current)) {
                pmu.send(origin, new Obeyed(order, 0), out);
            }
            return;
        }
        int cleared = 0;
        for (Fact.Entry entry : changed.entries()) {
            if (!entry.equals(current.find(entry.resource()))) {
                // What lay there before must not look like a set of the new region.
                long length = Math.min(entry.length(), pmu.zeroBytes());
                store.clear(entry.address(), length, 0);
                cleared++;
            }
        }
        await(cleared, () -> keep(origin, order, out));
    }

    private void keep(NodeId origin, Program order, Outbox<M> out) {
        store.keep(order.directory(), 0);
        await(
                1,
                () -> {
                    adapter.program(order.directory());
                    if (adapter.hasRetired()) {
                        out.arm(FREE_RETIRED, 1);
                    }
                    pmu.send(origin, new Obeyed(order, 0), out);
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

    private void persisted(Outbox<M> out) {
        if (--persisting > 0) {
            return;
        }
        afterPersist.run();
        while (persisting == 0 && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            obey(next.origin, next.order, out);
        }
    }

    private void bind(NodeId origin, Bind bind, Outbox<M> out) {
        Connection connection = adapter.connectionOf(bind.requester(), bind.attempt());
        int rkey =
                connection == null || !pmu.rules().mayBind(bind, store.directory())
                        ? 0
                        : adapter.bind(connection, bind.region(), bind.writes(), bind.leaderTerm());
        pmu.send(origin, rkey == 0 ? new NotBound(bind) : new Obeyed(bind, rkey), out);
    }

    // ---- connections

    /** PMU-10: only who proves to be a client is connected; access needs the manager's word. */
    private void connect(NodeId origin, Connect connect, Outbox<M> out) {
        if (!Pmu.isProven(origin, connect.credential(), pmu.clients())) {
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
        pmu.send(origin, new Connected(present.attempt(), present.queuePair()), out);
    }

    String waitsFor() {
        return persisting > 0 ? "its own persistent memory" : "orders of the manager";
    }
}
