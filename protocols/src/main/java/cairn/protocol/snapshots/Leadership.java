package cairn.protocol.snapshots;

import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.part.Batches;
import cairn.part.StateMachine;
import cairn.part.snapshot.Registers;
import cairn.part.snapshot.StorageMessage.Lost;
import cairn.part.snapshot.StorageMessage.OfTerm;
import cairn.part.snapshot.StorageMessage.Received;
import cairn.part.snapshot.StorageMessage.Restored;
import cairn.part.snapshot.StorageMessage.Sealed;
import cairn.part.snapshot.TransferProcessor;
import cairn.protocol.snapshots.SnapshotsMessage.Quiesce;
import cairn.protocol.snapshots.SnapshotsMessage.ToLeader;
import cairn.protocol.snapshots.SnapshotsMessage.Trigger;

/**
 * What an instance does while it leads: executes requests, cuts a snapshot when its daemon asks for
 * one, and lets answers go when a snapshot that contains what is behind them is sealed.
 */
final class Leadership {

    private final Setup setup;
    private final long term;
    private final StateMachine service;
    private final Batches batches;
    private final TransferProcessor<SnapshotsMessage> transfer;
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
        transfer = new TransferProcessor<>(setup.store(), term, epoch, watchdog, out);
        service = new StateMachine(setup.sessions(), transfer.stores());
        batches = new Batches(service, Integer.MAX_VALUE);
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
        restored.into(out.memory());
        out.spend(setup.costs().memcpyNanos(restored.content().length));
    }

    TransferProcessor<SnapshotsMessage> transfer() {
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
        }
    }

    void delivered(OfTerm message, Outbox<SnapshotsMessage> out) {
        switch (message) {
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
        if (isAllCut() || !transfer.mayCut()) {
            return;
        }
        epoch++;
        out.claim(new Fact.Cut(new Epoch(epoch)));
        transfer.cut(epoch, registers, out);
        batches.close(epoch);
        changed = false;
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
