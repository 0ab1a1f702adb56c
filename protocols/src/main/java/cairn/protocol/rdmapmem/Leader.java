package cairn.protocol.rdmapmem;

import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.part.Batches;
import cairn.part.StateMachine;
import cairn.part.pmu.Link;
import cairn.part.pmu.MirroredWrite;
import cairn.part.sets.Checkpointer;
import cairn.part.sets.CommitRecord;
import cairn.part.sets.Restorer;
import cairn.protocol.rdmapmem.RdmaPmemMessage.SetSealed;

import java.util.List;

/**
 * The primary: executes requests, and answers each when the checkpoint that contains it is safe.
 * While a checkpoint is written, further requests are executed and wait for the next one.
 *
 * <p>Answers of a batch that changed nothing leave after a remote read at every unit: the read of a
 * primary that was replaced is refused, so it never answers from memory that is out of date.
 */
final class Leader {

    static final long EPOCHS_PER_TERM = 100_000_000;

    private final Setup setup;
    private final Checkpointer checkpointer;
    private final Batches batches;
    private final List<Link> links;
    private final List<NodeId> backups;
    private final long term;
    private final MirroredWrite write;
    private Work work = Work.NONE;
    private long epoch;
    private long needs;
    private int proofs;

    private enum Work {
        NONE,
        WRITING_SET,
        PROVING_LEADERSHIP
    }

    /** PMU-3: goes on from the newest checkpoint, which the restorer has put in place. */
    Leader(
            Setup setup,
            Restorer restorer,
            List<Link> links,
            List<NodeId> backups,
            long term,
            Outbox<RdmaPmemMessage> out) {
        this.setup = setup;
        this.links = links;
        this.backups = backups;
        this.term = term;
        this.epoch = term * EPOCHS_PER_TERM;
        Restorer.Found found = restorer.found();
        resume(new Epoch(restorer.epoch()), found, out);
        this.checkpointer = new Checkpointer(setup.store(), found, out.memory());
        this.batches =
                new Batches(
                        new StateMachine(setup.sessions(), checkpointer.dirty()),
                        setup.settings().batchRequests());
        this.write = new MirroredWrite(setup.store().persistence(), links);
    }

    private void resume(Epoch restored, Restorer.Found found, Outbox<RdmaPmemMessage> out) {
        CommitRecord record = found.record();
        boolean stored = record != null && record.epoch() == restored.number();
        if (record != null && stored) {
            // Its writer may have died before it could say so.
            out.claim(new Fact.Sealed(restored, new Epoch(record.needs())));
        }
        if (restored.number() == 0) {
            setup.sessions().initialise(out.memory());
        }
        out.claim(new Fact.Resumed(restored));
        if (stored && found.holders() >= setup.store().holders()) {
            out.claim(new Fact.Acknowledged(restored));
        }
        out.claim(new Fact.Leading(term));
        for (long stale : found.stale()) {
            out.claim(new Fact.Discarded(new Epoch(stale)));
        }
    }

    /**
     * PMU-20: a full set at once, so that every unit holds what this primary started from.
     *
     * @param waiting requests that came while it took over
     */
    void start(List<Request> waiting, Outbox<RdmaPmemMessage> out) {
        waiting.forEach(batches::ask);
        out.claim(new Fact.Doing(Activity.USEFUL));
        cut(true, out);
    }

    void asked(Request request, Outbox<RdmaPmemMessage> out) {
        batches.ask(request);
        goOn(out);
    }

    private void goOn(Outbox<RdmaPmemMessage> out) {
        batches.gather(out);
        if (work != Work.NONE || batches.isEmpty()) {
            return;
        }
        if (checkpointer.dirty().pages().isEmpty()) {
            proveLeadership();
        } else {
            cut(false, out);
        }
    }

    private void cut(boolean full, Outbox<RdmaPmemMessage> out) {
        begin(Work.WRITING_SET, epoch + 1);
        if (epoch == (term + 1) * EPOCHS_PER_TERM) {
            throw new IllegalStateException("no epochs are left in term " + term);
        }
        out.claim(new Fact.Doing(Activity.CHECKPOINT_PAUSE));
        needs = checkpointer.cut(term, epoch, full, out);
        out.claim(new Fact.Doing(Activity.USEFUL));
        write.begin(checkpointer.set());
    }

    private void begin(Work begun, long forEpoch) {
        work = begun;
        epoch = forEpoch;
        batches.close(epoch);
    }

    private void proveLeadership() {
        begin(Work.PROVING_LEADERSHIP, epoch);
        proofs = 0;
        links.forEach(link -> link.readBehind(0, 0, true));
    }

    /** The last request of a step has completed at a unit. */
    void completed(int unit, Outbox<RdmaPmemMessage> out) {
        switch (work) {
            case NONE -> throw new IllegalStateException("nothing is under way at unit " + unit);
            case WRITING_SET -> {
                if (!write.completed(unit)) {
                    return;
                }
                if (write.done() == setup.store().holders()) {
                    acknowledge(out);
                }
                if (write.isDone()) {
                    checkpointer.sealed(out);
                    work = Work.NONE;
                    goOn(out);
                }
            }
            case PROVING_LEADERSHIP -> {
                if (++proofs == links.size()) {
                    batches.release(epoch, out);
                    work = Work.NONE;
                    goOn(out);
                }
            }
        }
    }

    /** PMU-15: a backup has read so far, and needs nothing older. */
    void clear(long readTo, Outbox<RdmaPmemMessage> out) {
        checkpointer.clear(readTo, out);
    }

    private void acknowledge(Outbox<RdmaPmemMessage> out) {
        Epoch safe = new Epoch(epoch);
        out.claim(new Fact.Sealed(safe, new Epoch(needs)));
        out.claim(new Fact.Acknowledged(safe));
        batches.release(epoch, out);
        if (setup.settings().backup() == BackupMode.HOT) {
            backups.forEach(backup -> out.send(backup, new SetSealed(term, epoch)));
        }
    }

    String waitsFor() {
        return switch (work) {
            case NONE -> "requests";
            case WRITING_SET -> "e" + epoch + " to be complete at " + links.size() + " units";
            case PROVING_LEADERSHIP -> "the units to confirm that it leads";
        };
    }
}
