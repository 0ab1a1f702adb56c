package cairn.part;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.service.Sessions;

/**
 * One machine that executes requests, and answers them when a checkpoint that contains them is
 * durable on its own disk; what the checkpoint consists of is for its {@link CheckpointFiles} to
 * say. Requests that arrive while one is written are in the next.
 */
public final class SoleServer<M extends Message> implements Node<M> {

    private final CheckpointFiles files;
    private final CpuCosts costs;
    private final StateMachine service;
    private final Batches batches;
    private boolean resumed;
    private long epoch;
    private long oldest = 1;
    private long changesAtCut;
    private long faults;

    /**
     * A server that nobody talks to but its clients.
     *
     * @param batchRequests how many requests one checkpoint may contain
     */
    public SoleServer(CheckpointFiles files, Sessions sessions, int batchRequests, CpuCosts costs) {
        this.files = files;
        this.costs = costs;
        service = new StateMachine(sessions);
        batches = new Batches(service, batchRequests);
    }

    @Override
    public void boot(Boot boot, Outbox<M> out) {
        out.claim(new Fact.Doing(Activity.RESTART));
        files.restore(out);
    }

    @Override
    public void on(Event<M> event, Outbox<M> out) {
        switch (event) {
            case Event.Asked<M>(Request request) -> {
                out.spend(costs.messageNanos());
                batches.ask(request);
                goOn(out);
            }
            case Event.OfDisk<M> disk -> {
                switch (files.on(disk, out)) {
                    case NONE -> {
                        service.initialise(out);
                        resume(out);
                    }
                    case RESTORED -> resume(out);
                    case WRITTEN -> acknowledge(out);
                    // Better to stand still than to serve from what is no checkpoint.
                    case DAMAGED -> out.halt(files + ": damaged");
                    case BROKEN -> out.halt("its disk failed");
                    case UNDER_WAY -> {
                        // The disk is asked for the next step.
                    }
                }
            }
            case Event.Fired<M>(long timer) -> files.fired(timer, out);
            case Event.Delivered<M> _, Event.Answered<M> _, Event.Computed<M> _, Event.OfNic<M> _ ->
                    throw new IllegalStateException("not for this server: " + event);
        }
    }

    private void resume(Outbox<M> out) {
        Epoch restored = files.newest();
        boolean isFirst = restored.equals(Epoch.ZERO);
        epoch = restored.number();
        if (!isFirst) {
            // Its writer may have died before it could say so.
            out.claim(new Fact.Sealed(restored, files.needs()));
            oldest = files.oldest().number();
        }
        out.claim(new Fact.Resumed(restored));
        if (!isFirst) {
            out.claim(new Fact.Acknowledged(restored));
            discardUnneeded(out);
        }
        out.memory().onFault(page -> stored(page, out));
        out.claim(new Fact.Leading(epoch + 1));
        out.claim(new Fact.Doing(Activity.USEFUL));
        resumed = true;
        goOn(out);
    }

    private void stored(int page, Outbox<M> out) {
        files.stored(page);
        faults++;
        out.memory().unprotect(page);
    }

    private void goOn(Outbox<M> out) {
        if (!resumed) {
            return;
        }
        gather(out);
        while (!files.isBusy() && !batches.isEmpty()) {
            if (service.changes() > changesAtCut) {
                cut(out);
            } else {
                batches.close(epoch);
                batches.release(epoch, out);
                // Nothing will come from the disk that would make the rest go on.
                gather(out);
            }
        }
    }

    private void gather(Outbox<M> out) {
        batches.gather(out);
        if (faults > 0) {
            TimeAccount.pause(Activity.FAULT_STALL, faults * costs.faultNanos(), out);
            faults = 0;
        }
    }

    private void cut(Outbox<M> out) {
        epoch++;
        batches.close(epoch);
        changesAtCut = service.changes();
        out.claim(new Fact.Cut(new Epoch(epoch)));
        out.claim(new Fact.Doing(Activity.CHECKPOINT_PAUSE));
        files.cut(new Epoch(epoch), out);
        out.claim(new Fact.Doing(Activity.USEFUL));
        files.write(out);
    }

    private void acknowledge(Outbox<M> out) {
        Epoch safe = files.newest();
        out.claim(new Fact.Sealed(safe, files.needs()));
        out.claim(new Fact.Acknowledged(safe));
        discardUnneeded(out);
        batches.release(safe.number(), out);
        goOn(out);
    }

    /** What the newest checkpoint does not need is overwritten or deleted from now on. */
    private void discardUnneeded(Outbox<M> out) {
        for (; oldest < files.needs().number(); oldest++) {
            out.claim(new Fact.Discarded(new Epoch(oldest)));
        }
    }

    @Override
    public String waitsFor() {
        return files.isBusy() ? "its disk: " + files + " e" + epoch : "requests";
    }
}
