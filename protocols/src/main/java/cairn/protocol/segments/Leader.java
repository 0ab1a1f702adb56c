package cairn.protocol.segments;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Sessions;
import cairn.protocol.segments.SegmentsMessage.Complete;
import cairn.protocol.segments.SegmentsMessage.Confirm;
import cairn.protocol.segments.SegmentsMessage.Put;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The primary: executes requests, stores what changed in the node's own storage, and answers when
 * the version that contains it is safe. It stores the next version as soon as the last one is in
 * that storage, whether or not it is safe.
 *
 * <p>Answers that only read leave when every member has confirmed, after they were read, that it
 * obeys no later primary.
 */
final class Leader {

    private final SegmentsSettings settings;
    private final CpuCosts costs;
    private final Sessions sessions;
    private final TimeAccount time;
    private final NodeId service;
    private final Copy loaded;
    private final ArrayDeque<Request> backlog = new ArrayDeque<>();
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private final Patience patience = new Patience();
    private List<Response> pending = new ArrayList<>();
    private @Nullable Image image;
    private boolean changed;
    private long count;
    private long cut;
    private long stored;
    private long safe = -1;
    private long sealed;
    private long asked;
    private long confirmed;

    /** Answers that wait until a version is safe, and so many questions are confirmed. */
    private record Batch(long version, long number, List<Response> responses) {}

    Leader(
            SegmentsSettings settings,
            CpuCosts costs,
            Sessions sessions,
            TimeAccount time,
            NodeId service,
            Copy loaded) {
        this.settings = settings;
        this.costs = costs;
        this.sessions = sessions;
        this.time = time;
        this.service = service;
        this.loaded = loaded;
        cut = loaded.version();
        stored = cut;
        sealed = loaded.former();
    }

    long term() {
        return loaded.term();
    }

    /** Goes on from what was loaded. */
    void start(Outbox<SegmentsMessage> out) {
        time.does(Activity.RESTART, out);
        Image own = new Image(out.memory(), settings.segments());
        image = own;
        own.restore(loaded);
        out.spend(costs.memcpyNanos(loaded.length()));
        if (loaded.version() == 0) {
            sessions.initialise(out.memory());
        }
        own.watch(loaded.version() > 0);
        out.claim(new Fact.Resumed(new Epoch(loaded.version())));
        out.claim(new Fact.Leading(term()));
        time.does(Activity.USEFUL, out);
    }

    void asked(Request request, Outbox<SegmentsMessage> out) {
        backlog.add(request);
        goOn(out);
    }

    private void goOn(Outbox<SegmentsMessage> out) {
        boolean cutting = true;
        while (cutting) {
            gather(out);
            cutting = !pending.isEmpty() && next(out);
        }
    }

    private void gather(Outbox<SegmentsMessage> out) {
        while (!backlog.isEmpty() && pending.size() < settings.batchRequests()) {
            execute(backlog.remove(), out);
        }
    }

    private void execute(Request request, Outbox<SegmentsMessage> out) {
        if (sessions.knows(request, out.memory())) {
            Request next = new Request(request.client(), request.number() + 1, request.operation());
            if (!sessions.knows(next, out.memory())) {
                // A repeat. Its result may be in a version that is not yet safe, so it waits.
                answerLater(request, sessions.result(request, out.memory()));
            }
            return;
        }
        long result = sessions.execute(request, out.memory());
        out.spend(sessions.costNanos(request));
        long faults = image().takeFaults();
        if (faults > 0) {
            time.does(Activity.FAULT_STALL, out);
            out.spend(faults * costs.faultNanos());
            time.does(Activity.USEFUL, out);
        }
        changed |= !request.operation().isReadOnly();
        out.claim(new Fact.Applied(request.client(), request.number()));
        answerLater(request, result);
    }

    private Image image() {
        Image present = image;
        if (present == null) {
            throw new IllegalStateException("it has not started");
        }
        return present;
    }

    private void answerLater(Request request, long result) {
        pending.add(new Response(request.client(), request.number(), false, result));
    }

    /** Hands on what was gathered; false if the version before is not yet stored. */
    private boolean next(Outbox<SegmentsMessage> out) {
        if (!changed) {
            asked++;
            out.send(service, new Confirm(term(), asked));
        } else if (stored == cut) {
            cut(out);
        } else {
            return false;
        }
        batches.add(new Batch(cut, changed ? 0 : asked, pending));
        pending = new ArrayList<>();
        changed = false;
        return true;
    }

    /** CS-2: the memory as it is now goes to the storage of this node, as the next version. */
    private void cut(Outbox<SegmentsMessage> out) {
        count++;
        cut = term() * Segments.VERSIONS_PER_TERM + count;
        out.claim(new Fact.Cut(new Epoch(cut)));
        time.does(Activity.CHECKPOINT_PAUSE, out);
        int bytes = image().cut(cut);
        out.spend(costs.memcpyNanos(bytes) + costs.protectPageNanos() * (bytes / PAGE_BYTES));
        time.does(Activity.USEFUL, out);
        put(out);
    }

    private void put(Outbox<SegmentsMessage> out) {
        for (Segment segment : image().segments()) {
            if (segment.version() > stored) {
                out.send(service, new Put(term(), segment));
            }
        }
        complete(out);
    }

    private void complete(Outbox<SegmentsMessage> out) {
        out.send(service, new Complete(term(), cut, image().versions()));
    }

    /** The service knows nothing of what was put before. */
    void attached(Outbox<SegmentsMessage> out) {
        stored = -1;
        put(out);
    }

    void stored(long version, Outbox<SegmentsMessage> out) {
        stored = Math.max(stored, version);
        goOn(out);
    }

    void safe(long version, Outbox<SegmentsMessage> out) {
        if (version <= safe) {
            return;
        }
        safe = version;
        // That it is in the node's own storage goes without saying, and may have been said in vain.
        stored = Math.max(stored, version);
        if (version > 0) {
            Epoch epoch = new Epoch(version);
            out.claim(new Fact.Sealed(epoch, epoch));
            out.claim(new Fact.Acknowledged(epoch));
            if (sealed > 0) {
                out.claim(new Fact.Discarded(new Epoch(sealed)));
            }
            sealed = version;
        }
        answer(out);
        goOn(out);
    }

    void confirmed(long number, Outbox<SegmentsMessage> out) {
        confirmed = Math.max(confirmed, number);
        answer(out);
    }

    private void answer(Outbox<SegmentsMessage> out) {
        while (!batches.isEmpty()
                && batches.element().version() <= safe
                && batches.element().number() <= confirmed) {
            batches.remove().responses().forEach(out::answer);
            patience.begin();
        }
    }

    /** A tick has passed: says again what had no effect for so long. */
    void tick(Outbox<SegmentsMessage> out) {
        boolean waits = !batches.isEmpty() || safe < cut;
        if (!waits) {
            patience.begin();
        } else if (patience.tick()) {
            if (stored < cut) {
                put(out);
            } else {
                complete(out);
            }
            if (asked > confirmed) {
                out.send(service, new Confirm(term(), asked));
            }
        }
    }

    String waitsFor() {
        if (safe < cut) {
            return "version " + cut + (stored < cut ? " to be stored" : " to be safe");
        }
        return asked > confirmed ? "its members to confirm that it leads" : "requests";
    }
}
