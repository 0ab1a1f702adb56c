package cairn.protocol.rdmapmem;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Sessions;
import cairn.protocol.rdmapmem.RdmaPmemMessage.SetSealed;

import java.util.ArrayDeque;
import java.util.ArrayList;
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

    private final RdmaPmemSettings settings;
    private final CpuCosts costs;
    private final Sessions sessions;
    private final Rules rules;
    private final Persistence persistence;
    private final Checkpointer checkpointer;
    private final List<Link> links;
    private final List<NodeId> backups;
    private final TimeAccount time;
    private final long term;
    private final ArrayDeque<Request> backlog = new ArrayDeque<>();
    private final boolean[] committing;
    private List<Response> pending = new ArrayList<>();
    private List<Response> underWay = new ArrayList<>();
    private Work work = Work.NONE;
    private long epoch;
    private long needs;
    private int unitsDone;

    private enum Work {
        NONE,
        WRITING_SET,
        PROVING_LEADERSHIP
    }

    Leader(
            RdmaPmemSettings settings,
            CpuCosts costs,
            Sessions sessions,
            Rules rules,
            Checkpointer checkpointer,
            List<Link> links,
            List<NodeId> backups,
            TimeAccount time,
            long term) {
        this.settings = settings;
        this.costs = costs;
        this.sessions = sessions;
        this.rules = rules;
        this.persistence = rules.persistence(settings);
        this.checkpointer = checkpointer;
        this.links = links;
        this.backups = backups;
        this.time = time;
        this.term = term;
        this.committing = new boolean[links.size()];
        this.epoch = term * EPOCHS_PER_TERM;
    }

    /**
     * PMU-20: a full set at once, so that every unit holds what this primary started from.
     *
     * @param waiting requests that came while it took over
     */
    void start(List<Request> waiting, Outbox<RdmaPmemMessage> out) {
        checkpointer.watch(out.memory());
        backlog.addAll(waiting);
        time.does(Activity.USEFUL, out);
        cut(true, out);
    }

    void asked(Request request, Outbox<RdmaPmemMessage> out) {
        backlog.add(request);
        goOn(out);
    }

    private void goOn(Outbox<RdmaPmemMessage> out) {
        while (!backlog.isEmpty() && pending.size() < settings.batchRequests()) {
            execute(backlog.remove(), out);
        }
        if (work != Work.NONE || pending.isEmpty()) {
            return;
        }
        List<Response> taken = underWay;
        underWay = pending;
        pending = taken;
        if (checkpointer.isClean()) {
            proveLeadership(out);
        } else {
            cut(false, out);
        }
    }

    private void execute(Request request, Outbox<RdmaPmemMessage> out) {
        boolean known = sessions.knows(request, out.memory());
        if (known) {
            Request next = new Request(request.client(), request.number() + 1, request.operation());
            if (!sessions.knows(next, out.memory())) {
                // A repeat. Its result may be in a checkpoint that is not yet safe, so it waits.
                answerLater(request, sessions.result(request, out.memory()));
            }
            return;
        }
        long result = sessions.execute(request, out.memory());
        out.spend(sessions.costNanos(request));
        long faults = checkpointer.takeFaults();
        if (faults > 0) {
            time.does(Activity.FAULT_STALL, out);
            out.spend(faults * costs.faultNanos());
            time.does(Activity.USEFUL, out);
        }
        out.claim(new Fact.Applied(request.client(), request.number()));
        answerLater(request, result);
    }

    private void answerLater(Request request, long result) {
        pending.add(new Response(request.client(), request.number(), false, result));
    }

    private void cut(boolean full, Outbox<RdmaPmemMessage> out) {
        work = Work.WRITING_SET;
        unitsDone = 0;
        epoch++;
        if (epoch == (term + 1) * EPOCHS_PER_TERM) {
            throw new IllegalStateException("no epochs are left in term " + term);
        }
        time.does(Activity.CHECKPOINT_PAUSE, out);
        needs = checkpointer.cut(term, epoch, full, out);
        time.does(Activity.USEFUL, out);
        for (int i = 0; i < links.size(); i++) {
            committing[i] = persistence.begin(checkpointer.set(), links.get(i), out);
        }
    }

    private void proveLeadership(Outbox<RdmaPmemMessage> out) {
        work = Work.PROVING_LEADERSHIP;
        unitsDone = 0;
        for (Link link : links) {
            link.readBehind(0, 0, true, out);
        }
    }

    /** The last request of a step has completed at a unit. */
    void completed(int unit, Outbox<RdmaPmemMessage> out) {
        switch (work) {
            case NONE -> throw new IllegalStateException("nothing is under way at unit " + unit);
            case WRITING_SET -> {
                if (!committing[unit]) {
                    committing[unit] = true;
                    persistence.commit(checkpointer.set(), links.get(unit), out);
                    return;
                }
                unitsDone++;
                if (unitsDone == rules.unitsToAcknowledge(settings)) {
                    acknowledge(out);
                }
                if (unitsDone == links.size()) {
                    checkpointer.sealed(epoch, out);
                    work = Work.NONE;
                    goOn(out);
                }
            }
            case PROVING_LEADERSHIP -> {
                if (++unitsDone == links.size()) {
                    answer(out);
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
        answer(out);
        if (settings.backup() == BackupMode.HOT) {
            for (NodeId backup : backups) {
                out.send(backup, new SetSealed(term, epoch));
            }
        }
    }

    private void answer(Outbox<RdmaPmemMessage> out) {
        for (int i = 0; i < underWay.size(); i++) {
            out.answer(underWay.get(i));
        }
        underWay.clear();
    }

    String waitsFor() {
        return switch (work) {
            case NONE -> "requests";
            case WRITING_SET -> "e" + epoch + " to be complete at " + links.size() + " units";
            case PROVING_LEADERSHIP -> "the units to confirm that it leads";
        };
    }
}
