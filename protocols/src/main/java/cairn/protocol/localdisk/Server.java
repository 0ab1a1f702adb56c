package cairn.protocol.localdisk;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Sessions;
import cairn.part.Image;
import cairn.part.StableFile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Executes requests and answers them when the file with the image that contains them is durable;
 * until then the former file is there (DJ-8).
 */
final class Server implements Node<LocalDiskMessage> {

    /** What the image is of: there is one memory. */
    private static final long OWNER = 0;

    private static final long RETRY_NANOS = 1_000_000;

    private final LocalDiskSettings settings;
    private final Sessions sessions;
    private final CpuCosts costs;
    private final ArrayDeque<Request> backlog = new ArrayDeque<>();
    private List<Response> pending = new ArrayList<>();
    private List<Response> underWay = new ArrayList<>();
    private final StableFile file = new StableFile("checkpoint", 0, RETRY_NANOS);
    private boolean resumed;
    private long epoch;
    private boolean changed;

    Server(LocalDiskSettings settings, Sessions sessions, CpuCosts costs) {
        this.settings = settings;
        this.sessions = sessions;
        this.costs = costs;
    }

    @Override
    public void boot(Boot boot, Outbox<LocalDiskMessage> out) {
        out.claim(new Fact.Doing(Activity.RESTART));
        file.read(out);
    }

    @Override
    public void on(Event<LocalDiskMessage> event, Outbox<LocalDiskMessage> out) {
        switch (event) {
            case Event.Asked<LocalDiskMessage>(Request request) -> {
                out.spend(costs.messageNanos());
                backlog.add(request);
                goOn(out);
            }
            case Event.OfDisk<LocalDiskMessage> disk -> {
                switch (file.on(disk, out)) {
                    case ABSENT -> begin(out);
                    case READ -> restore(file.content(), out);
                    case WRITTEN -> acknowledge(out);
                    case BROKEN -> out.halt("its disk failed");
                    case UNDER_WAY -> {
                        // The disk is asked for the next step.
                    }
                }
            }
            case Event.Fired<LocalDiskMessage> _ -> file.fired(out);
            case Event.Delivered<LocalDiskMessage> _,
                    Event.Answered<LocalDiskMessage> _,
                    Event.Computed<LocalDiskMessage> _,
                    Event.OfNic<LocalDiskMessage> _ ->
                    throw new IllegalStateException("not for this server: " + event);
        }
    }

    private void begin(Outbox<LocalDiskMessage> out) {
        sessions.initialise(out.memory());
        resume(out);
    }

    private void restore(byte[] content, Outbox<LocalDiskMessage> out) {
        out.spend(costs.checksumNanos(content.length) + costs.memcpyNanos(content.length));
        Image image = Image.read(OWNER, content);
        if (image == null) {
            // Better to stand still than to serve from bytes that are not the image.
            out.halt("its checkpoint is damaged");
        } else {
            image.restoreInto(out.memory());
            epoch = image.epoch().number();
            resume(out);
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
        resumed = true;
        goOn(out);
    }

    /** The file that had the name before is gone. */
    private void discardFormer(Outbox<LocalDiskMessage> out) {
        if (epoch > 1) {
            out.claim(new Fact.Discarded(new Epoch(epoch - 1)));
        }
    }

    private void goOn(Outbox<LocalDiskMessage> out) {
        if (!resumed) {
            return;
        }
        gather(out);
        while (!file.isBusy() && !pending.isEmpty()) {
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
        Epoch cut = new Epoch(epoch);
        out.claim(new Fact.Cut(cut));
        Image image = Image.full(OWNER, cut, out.memory().snapshot());
        out.claim(new Fact.Doing(Activity.CHECKPOINT_PAUSE));
        out.spend(costs.memcpyNanos(image.size()) + costs.checksumNanos(image.size()));
        out.claim(new Fact.Doing(Activity.USEFUL));
        file.write(image.bytes(), out);
    }

    private void acknowledge(Outbox<LocalDiskMessage> out) {
        Epoch safe = new Epoch(epoch);
        out.claim(new Fact.Sealed(safe, safe));
        out.claim(new Fact.Acknowledged(safe));
        discardFormer(out);
        answer(out);
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
        return file.isBusy() ? "its disk: " + file + " e" + epoch : "requests";
    }
}
