package cairn.protocol.localdisk;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Sessions;
import cairn.model.storage.StorageError;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Executes requests and answers them when the file with the image that contains them is durable:
 * the new file is written and synced under another name, takes the place of the former one, and the
 * directory is synced. Until then the former file is there (DJ-8).
 */
final class Server implements Node<LocalDiskMessage> {

    private static final String CURRENT = "checkpoint";
    private static final String NEXT = "checkpoint-next";

    private static final long RETRY = 1;
    private static final long RETRY_NANOS = 1_000_000;

    private final LocalDiskSettings settings;
    private final Sessions sessions;
    private final CpuCosts costs;
    private final ArrayDeque<Request> backlog = new ArrayDeque<>();
    private List<Response> pending = new ArrayList<>();
    private List<Response> underWay = new ArrayList<>();
    private Step step = Step.READING;
    private byte[] image = {};
    private long epoch;
    private boolean changed;

    /** What the disk was last asked for, and the token of the request. */
    private enum Step {
        READING(1),
        CONFIRMING(7),
        IDLE(2),
        WRITING(3),
        SYNCING(4),
        RENAMING(5),
        SYNCING_DIRECTORY(6);

        private final long token;

        Step(long token) {
            this.token = token;
        }
    }

    Server(LocalDiskSettings settings, Sessions sessions, CpuCosts costs) {
        this.settings = settings;
        this.sessions = sessions;
        this.costs = costs;
    }

    @Override
    public void boot(Boot boot, Outbox<LocalDiskMessage> out) {
        out.claim(new Fact.Doing(Activity.RESTART));
        ask(Step.READING, out);
    }

    @Override
    public void on(Event<LocalDiskMessage> event, Outbox<LocalDiskMessage> out) {
        switch (event) {
            case Event.Asked<LocalDiskMessage>(Request request) -> {
                out.spend(costs.messageNanos());
                backlog.add(request);
                goOn(out);
            }
            case Event.Fetched<LocalDiskMessage>(long _, byte[] content) -> restore(content, out);
            case Event.Stored<LocalDiskMessage>(long token) -> stored(token, out);
            case Event.StoreFailed<LocalDiskMessage>(long token, StorageError error) ->
                    failed(token, error, out);
            case Event.Fired<LocalDiskMessage> _ -> ask(step, out);
            case Event.Delivered<LocalDiskMessage> _,
                    Event.Answered<LocalDiskMessage> _,
                    Event.Computed<LocalDiskMessage> _,
                    Event.OfNic<LocalDiskMessage> _,
                    Event.Listed<LocalDiskMessage> _ ->
                    throw new IllegalStateException("not for this server: " + event);
        }
    }

    /** Asks the disk for a step; asked again, it does no harm. */
    private void ask(Step wanted, Outbox<LocalDiskMessage> out) {
        step = wanted;
        long token = wanted.token;
        switch (wanted) {
            case READING -> out.disk().read(token, CURRENT);
            case CONFIRMING, SYNCING_DIRECTORY -> out.disk().syncDirectory(token);
            case WRITING -> out.disk().write(token, NEXT, 0, image);
            case SYNCING -> out.disk().sync(token, NEXT);
            case RENAMING -> out.disk().rename(token, NEXT, CURRENT);
            case IDLE -> throw new IllegalStateException("nothing to ask the disk for");
        }
    }

    private void stored(long token, Outbox<LocalDiskMessage> out) {
        if (token != step.token) {
            return;
        }
        switch (step) {
            case CONFIRMING -> resume(out);
            case WRITING -> ask(Step.SYNCING, out);
            case SYNCING -> ask(Step.RENAMING, out);
            case RENAMING -> ask(Step.SYNCING_DIRECTORY, out);
            case SYNCING_DIRECTORY -> acknowledge(out);
            case READING, IDLE -> throw new IllegalStateException("not asked for: " + step);
        }
    }

    private void failed(long token, StorageError error, Outbox<LocalDiskMessage> out) {
        if (token != step.token) {
            return;
        }
        if (step == Step.READING && error == StorageError.NOT_FOUND) {
            restore(new byte[0], out);
        } else if (step == Step.READING || step == Step.WRITING) {
            // No space, or a sector that cannot be used now: what is there stays as it is.
            out.arm(RETRY, RETRY_NANOS);
        } else {
            // After a failed sync nobody knows what is on the disk: begin again from there.
            out.halt("its disk failed: " + error);
        }
    }

    private void restore(byte[] content, Outbox<LocalDiskMessage> out) {
        PagedMemory memory = out.memory();
        out.spend(costs.checksumNanos(content.length) + costs.memcpyNanos(content.length));
        if (content.length == 0) {
            sessions.initialise(memory);
            resume(out);
        } else if (!ImageFile.restore(content, memory)) {
            // Better to stand still than to serve from bytes that are not the image.
            out.halt("its checkpoint is damaged");
        } else {
            epoch = ImageFile.epoch(content);
            // Whoever gave the file its name may have died before the name was durable.
            ask(Step.CONFIRMING, out);
        }
    }

    private void resume(Outbox<LocalDiskMessage> out) {
        Epoch restored = new Epoch(epoch);
        if (epoch > 0) {
            // Its writer may have died before it could say so.
            out.claim(new Fact.Sealed(restored, restored));
        }
        out.claim(new Fact.Resumed(restored));
        if (epoch > 0) {
            out.claim(new Fact.Acknowledged(restored));
            discardFormer(out);
        }
        out.claim(new Fact.Leading(epoch + 1));
        out.claim(new Fact.Doing(Activity.USEFUL));
        step = Step.IDLE;
        goOn(out);
    }

    /** The file that had the name before is gone. */
    private void discardFormer(Outbox<LocalDiskMessage> out) {
        if (epoch > 1) {
            out.claim(new Fact.Discarded(new Epoch(epoch - 1)));
        }
    }

    private void goOn(Outbox<LocalDiskMessage> out) {
        if (step == Step.READING || step == Step.CONFIRMING) {
            return;
        }
        gather(out);
        while (step == Step.IDLE && !pending.isEmpty()) {
            List<Response> taken = underWay;
            underWay = pending;
            pending = taken;
            if (changed) {
                cut(out);
            } else {
                answer(out);
                // Nothing will come from the disk that would make the rest go on.
                gather(out);
            }
        }
    }

    private void gather(Outbox<LocalDiskMessage> out) {
        while (!backlog.isEmpty() && pending.size() < settings.batchRequests()) {
            execute(backlog.remove(), out);
        }
    }

    private void execute(Request request, Outbox<LocalDiskMessage> out) {
        if (sessions.knows(request, out.memory())) {
            Request next = new Request(request.client(), request.number() + 1, request.operation());
            if (!sessions.knows(next, out.memory())) {
                answerLater(request, sessions.result(request, out.memory()));
            }
            return;
        }
        long result = sessions.execute(request, out.memory());
        out.spend(sessions.costNanos(request));
        changed |= !request.operation().isReadOnly();
        out.claim(new Fact.Applied(request.client(), request.number()));
        answerLater(request, result);
    }

    private void answerLater(Request request, long result) {
        pending.add(new Response(request.client(), request.number(), false, result));
    }

    private void cut(Outbox<LocalDiskMessage> out) {
        epoch++;
        changed = false;
        out.claim(new Fact.Cut(new Epoch(epoch)));
        image = ImageFile.of(out.memory(), epoch);
        out.claim(new Fact.Doing(Activity.CHECKPOINT_PAUSE));
        out.spend(costs.memcpyNanos(image.length) + costs.checksumNanos(image.length));
        out.claim(new Fact.Doing(Activity.USEFUL));
        ask(Step.WRITING, out);
    }

    private void acknowledge(Outbox<LocalDiskMessage> out) {
        Epoch safe = new Epoch(epoch);
        out.claim(new Fact.Sealed(safe, safe));
        out.claim(new Fact.Acknowledged(safe));
        discardFormer(out);
        answer(out);
        step = Step.IDLE;
        goOn(out);
    }

    private void answer(Outbox<LocalDiskMessage> out) {
        for (int i = 0; i < underWay.size(); i++) {
            out.answer(underWay.get(i));
        }
        underWay.clear();
    }

    @Override
    public String waitsFor() {
        return step == Step.IDLE ? "requests" : "its disk: " + step + " e" + epoch;
    }
}
