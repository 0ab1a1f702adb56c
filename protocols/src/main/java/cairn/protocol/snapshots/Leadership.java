package cairn.protocol.snapshots;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.part.Batches;
import cairn.part.SharedPages;
import cairn.part.StateMachine;
import cairn.part.TimeAccount;
import cairn.protocol.snapshots.SnapshotsMessage.Lost;
import cairn.protocol.snapshots.SnapshotsMessage.Quiesce;
import cairn.protocol.snapshots.SnapshotsMessage.Received;
import cairn.protocol.snapshots.SnapshotsMessage.Restored;
import cairn.protocol.snapshots.SnapshotsMessage.Sealed;
import cairn.protocol.snapshots.SnapshotsMessage.ToLeader;
import cairn.protocol.snapshots.SnapshotsMessage.Trigger;

/**
 * What an instance does while it leads: executes requests, cuts a snapshot when its daemon asks for
 * one, and lets answers go when a snapshot that contains what is behind them is sealed.
 */
final class Leadership {

    private final Setup setup;
    private final long term;
    private final SharedPages pages;
    private final StateMachine service;
    private final Batches batches;
    private final TransferProcessor transfer;
    private Registers registers;
    private long epoch;
    private long acknowledged;
    private boolean changed;
    private boolean quiescing;

    /** Resumes the application from what the storage handed out. */
    Leadership(Setup setup, Restored restored, long watchdog, Outbox<SnapshotsMessage> out) {
        this.setup = setup;
        term = restored.term();
        epoch = restored.epoch();
        acknowledged = epoch;
        registers = restored.registers();
        restore(restored, out);
        pages = new SharedPages(out.memory(), setup.costs());
        service = new StateMachine(setup.sessions(), pages);
        batches = new Batches(service, Integer.MAX_VALUE);
        transfer = new TransferProcessor(setup, pages, term, epoch, watchdog, out);
        out.claim(new Fact.Resumed(new Epoch(epoch)));
        if (epoch > 0) {
            out.claim(new Fact.Acknowledged(new Epoch(epoch)));
        }
        out.claim(new Fact.Leading(term));
        out.claim(new Fact.Doing(Activity.USEFUL));
    }

    private void restore(Restored restored, Outbox<SnapshotsMessage> out) {
        if (epoch == 0) {
            setup.sessions().initialise(out.memory());
            return;
        }
        byte[] content = restored.content();
        PagedMemory memory = out.memory();
        byte[] page = new byte[PAGE_BYTES];
        for (int i = 0; i < memory.pageCount(); i++) {
            System.arraycopy(content, i * PAGE_BYTES, page, 0, PAGE_BYTES);
            memory.restorePage(i, page);
        }
        out.spend(setup.costs().memcpyNanos(content.length));
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
        if (response != null) {
            switch (setup.settings().output()) {
                case HELD -> batches.add(response);
                case AT_ONCE -> out.answer(response);
            }
        }
        return isChange;
    }

    void delivered(ToLeader message, Outbox<SnapshotsMessage> out) {
        switch (message) {
            case Trigger _ -> cut(out);
            case Quiesce _ -> quiesce(out);
            case Received(long _, long snapshot, int index) ->
                    transfer.received(snapshot, index, out);
            case Sealed(long _, long snapshot) -> sealed(snapshot, out);
            // What it contained is contained in the next.
            case Lost(long _, long snapshot) -> changed |= transfer.lost(snapshot, out);
        }
    }

    private boolean isAllCut() {
        return !changed && batches.isEmpty();
    }

    private void cut(Outbox<SnapshotsMessage> out) {
        if (isAllCut() || transfer.unsealed() >= setup.settings().overlapping()) {
            return;
        }
        epoch++;
        out.claim(new Fact.Cut(new Epoch(epoch)));
        // SN-1: the memory at this instant.
        int count = out.memory().pageCount();
        int section = setup.settings().sectionPages();
        var snapshot = new Outgoing(pages.cut(), epoch, registers, count, section);
        long nanos = setup.costs().protectPageNanos() * count;
        TimeAccount.pause(Activity.CHECKPOINT_PAUSE, nanos, out);
        batches.close(epoch);
        changed = false;
        transfer.begin(snapshot, out);
    }

    private void sealed(long snapshot, Outbox<SnapshotsMessage> out) {
        if (snapshot <= acknowledged) {
            return;
        }
        acknowledged = snapshot;
        out.claim(new Fact.Acknowledged(new Epoch(snapshot)));
        batches.release(snapshot, out);
        transfer.sealed(snapshot, out);
        if (quiescing) {
            quiesce(out);
        }
    }

    /** SN-7: does nothing more, and leaves when all that was done is sealed. */
    private void quiesce(Outbox<SnapshotsMessage> out) {
        quiescing = true;
        cut(out);
        if (setup.rules().isQuiet(isAllCut() && transfer.unsealed() == 0)) {
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
