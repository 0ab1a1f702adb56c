package cairn.protocol.snapshots;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.part.StateMachine;
import cairn.protocol.snapshots.SnapshotsMessage.Lost;
import cairn.protocol.snapshots.SnapshotsMessage.Quiesce;
import cairn.protocol.snapshots.SnapshotsMessage.Received;
import cairn.protocol.snapshots.SnapshotsMessage.Restored;
import cairn.protocol.snapshots.SnapshotsMessage.Sealed;
import cairn.protocol.snapshots.SnapshotsMessage.Trigger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What an instance does while it leads: executes requests, cuts a snapshot when its daemon asks for
 * one, and lets answers go when a snapshot that contains what is behind them is sealed.
 */
final class Leadership {

    private final SnapshotsSettings settings;
    private final Rules rules;
    private final CpuCosts costs;
    private final StateMachine service;
    private final long term;
    private final SharedPages pages;
    private final TransferProcessor transfer;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private List<Response> pending = new ArrayList<>();
    private Registers registers;
    private long epoch;
    private long acknowledged;
    private boolean changed;
    private boolean quiescing;

    /** Answers that wait for a snapshot, or for a later one. */
    private record Held(long epoch, List<Response> responses) {}

    /** Resumes the application from what the storage handed out. */
    Leadership(
            SnapshotsSettings settings,
            Rules rules,
            CpuCosts costs,
            StateMachine service,
            Restored restored,
            long watchdog,
            Outbox<SnapshotsMessage> out) {
        this.settings = settings;
        this.rules = rules;
        this.costs = costs;
        this.service = service;
        term = restored.term();
        epoch = restored.epoch();
        acknowledged = epoch;
        registers = restored.registers();
        restore(restored, out);
        pages = new SharedPages(out.memory(), costs, settings.sectionPages(), rules);
        transfer = new TransferProcessor(settings, costs, pages, term, epoch, watchdog, out);
        out.claim(new Fact.Resumed(new Epoch(epoch)));
        if (epoch > 0) {
            out.claim(new Fact.Acknowledged(new Epoch(epoch)));
        }
        out.claim(new Fact.Leading(term));
        out.claim(new Fact.Doing(Activity.USEFUL));
    }

    private void restore(Restored restored, Outbox<SnapshotsMessage> out) {
        if (epoch == 0) {
            service.initialise(out);
            return;
        }
        byte[] content = restored.content();
        PagedMemory memory = out.memory();
        byte[] page = new byte[PAGE_BYTES];
        for (int i = 0; i < memory.pageCount(); i++) {
            System.arraycopy(content, i * PAGE_BYTES, page, 0, PAGE_BYTES);
            memory.restorePage(i, page);
        }
        out.spend(costs.memcpyNanos(content.length));
    }

    TransferProcessor transfer() {
        return transfer;
    }

    /** Executes a request; whether that changed the memory. */
    boolean asked(Request request, Outbox<SnapshotsMessage> out) {
        if (quiescing) {
            out.answer(StateMachine.refusal(request));
            return false;
        }
        long before = service.changes();
        Response response = service.execute(request, out);
        boolean isChange = service.changes() > before;
        if (isChange) {
            changed = true;
            registers = registers.after(request);
        }
        stall(out);
        if (response != null) {
            switch (settings.output()) {
                case HELD -> pending.add(response);
                case AT_ONCE -> out.answer(response);
            }
        }
        return isChange;
    }

    /** SN-4: all that the application notices of snapshots are its own first stores to pages. */
    private void stall(Outbox<SnapshotsMessage> out) {
        long nanos = pages.takeStallNanos();
        if (nanos > 0) {
            out.claim(new Fact.Doing(Activity.FAULT_STALL));
            out.spend(nanos);
            out.claim(new Fact.Doing(Activity.USEFUL));
        }
    }

    void delivered(SnapshotsMessage message, Outbox<SnapshotsMessage> out) {
        switch (message) {
            case Trigger(long of) when of == term -> cut(out);
            case Quiesce(long of) when of == term -> quiesce(out);
            case Received(long of, long snapshot, int index) when of == term ->
                    transfer.received(snapshot, index, out);
            case Sealed(long of, long snapshot) when of == term -> sealed(snapshot, out);
            case Lost(long of, long snapshot) when of == term -> {
                // What it contained is contained in the next.
                changed |= transfer.lost(snapshot, out);
            }
            case Trigger _, Quiesce _, Received _, Sealed _, Lost _ -> {
                // From another term, late.
            }
            case SnapshotsMessage.Beat _,
                    SnapshotsMessage.Probe _,
                    SnapshotsMessage.Start _,
                    SnapshotsMessage.Kill _,
                    SnapshotsMessage.Alive _,
                    SnapshotsMessage.Take _,
                    SnapshotsMessage.Sections _,
                    SnapshotsMessage.Seal _,
                    SnapshotsMessage.Restored _,
                    SnapshotsMessage.Fenced _ ->
                    throw new IllegalStateException("not for who leads: " + message);
        }
    }

    private boolean isAllCut() {
        return !changed && pending.isEmpty();
    }

    private void cut(Outbox<SnapshotsMessage> out) {
        if (isAllCut() || transfer.unsealed() >= settings.overlapping()) {
            return;
        }
        epoch++;
        out.claim(new Fact.Cut(new Epoch(epoch)));
        SharedSnapshot snapshot = pages.cut(epoch, registers);
        out.claim(new Fact.Doing(Activity.CHECKPOINT_PAUSE));
        out.spend(costs.protectPageNanos() * out.memory().pageCount());
        out.claim(new Fact.Doing(Activity.USEFUL));
        held.add(new Held(epoch, pending));
        pending = new ArrayList<>();
        changed = false;
        transfer.begin(snapshot, out);
    }

    private void sealed(long snapshot, Outbox<SnapshotsMessage> out) {
        if (snapshot <= acknowledged) {
            return;
        }
        acknowledged = snapshot;
        out.claim(new Fact.Acknowledged(new Epoch(snapshot)));
        while (!held.isEmpty() && held.getFirst().epoch() <= snapshot) {
            held.removeFirst().responses().forEach(out::answer);
        }
        transfer.sealed(snapshot, out);
        if (quiescing) {
            quiesce(out);
        }
    }

    /** SN-7: does nothing more, and leaves when all that was done is sealed. */
    private void quiesce(Outbox<SnapshotsMessage> out) {
        quiescing = true;
        cut(out);
        if (rules.isQuiet(isAllCut() && transfer.unsealed() == 0)) {
            out.claim(new Fact.SteppedDown(term));
            out.halt("hands over as planned");
        }
    }

    String waitsFor() {
        return transfer.unsealed() == 0
                ? "requests, in term " + term
                : "the seal of a snapshot after e" + acknowledged + ", in term " + term;
    }
}
