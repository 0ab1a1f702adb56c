package cairn.protocol.segments;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.service.Request;
import cairn.part.Batches;
import cairn.part.Patience;
import cairn.part.StateMachine;
import cairn.part.TimeAccount;
import cairn.part.replica.Copy;
import cairn.part.replica.Replicas;
import cairn.part.replica.Segment;
import cairn.part.replica.SegmentedMemory;
import cairn.protocol.segments.SegmentsMessage.Attached;
import cairn.protocol.segments.SegmentsMessage.Complete;
import cairn.protocol.segments.SegmentsMessage.Confirm;
import cairn.protocol.segments.SegmentsMessage.Confirmed;
import cairn.protocol.segments.SegmentsMessage.Put;
import cairn.protocol.segments.SegmentsMessage.Safe;
import cairn.protocol.segments.SegmentsMessage.Stored;
import cairn.protocol.segments.SegmentsMessage.ToLeader;

/**
 * The primary: executes requests, stores what changed in the node's own storage, and answers when
 * the version that contains it is safe. It stores the next version as soon as the last one is in
 * that storage, whether or not it is safe.
 *
 * <p>Answers that only read leave when every member has confirmed, after they were read, that it
 * obeys no later primary.
 */
final class Leader {

    private final Setup setup;
    private final NodeId service;
    private final Copy loaded;
    private final SegmentedMemory image;
    private final StateMachine application;
    private final Batches batches;
    private final Patience patience = new Patience(2, 256);
    private long changes;
    private long count;
    private long cut;
    private long stored;
    private long safe = -1;
    private long sealed;
    private long asked;
    private long confirmed;

    /** Goes on from what was loaded. */
    Leader(
            Setup setup,
            TimeAccount time,
            NodeId service,
            Copy loaded,
            Outbox<SegmentsMessage> out) {
        this.setup = setup;
        this.service = service;
        this.loaded = loaded;
        cut = loaded.version();
        stored = cut;
        sealed = loaded.former();
        time.does(Activity.RESTART, out);
        image = new SegmentedMemory(out.memory(), setup.costs(), setup.settings().segments());
        application = new StateMachine(setup.sessions(), image.dirty());
        batches = new Batches(application, setup.settings().batchRequests());
        image.restore(loaded);
        out.spend(setup.costs().memcpyNanos(loaded.length()));
        if (loaded.version() == 0) {
            application.initialise(out);
        }
        image.watch(loaded.version() > 0);
        out.claim(new Fact.Resumed(new Epoch(loaded.version())));
        out.claim(new Fact.Leading(term()));
        time.does(Activity.USEFUL, out);
    }

    long term() {
        return loaded.term();
    }

    void asked(Request request, Outbox<SegmentsMessage> out) {
        batches.ask(request);
        goOn(out);
    }

    private void goOn(Outbox<SegmentsMessage> out) {
        boolean cutting = true;
        while (cutting) {
            batches.gather(out);
            cutting = !batches.isEmpty() && next(out);
        }
    }

    /** Hands on what was gathered; false if the version before is not yet stored. */
    private boolean next(Outbox<SegmentsMessage> out) {
        boolean changed = application.changes() > changes;
        if (!changed) {
            asked++;
            out.send(service, new Confirm(term(), asked));
        } else if (stored == cut) {
            cut(out);
        } else {
            return false;
        }
        batches.close(cut, changed ? 0 : asked);
        changes = application.changes();
        return true;
    }

    /** CS-2: the memory as it is now goes to the storage of this node, as the next version. */
    private void cut(Outbox<SegmentsMessage> out) {
        count++;
        cut = term() * Replicas.VERSIONS_PER_TERM + count;
        out.claim(new Fact.Cut(new Epoch(cut)));
        int bytes = image.cut(cut);
        long protecting = setup.costs().protectPageNanos() * (bytes / PAGE_BYTES);
        long nanos = setup.costs().memcpyNanos(bytes) + protecting;
        TimeAccount.pause(Activity.CHECKPOINT_PAUSE, nanos, out);
        put(out);
    }

    private void put(Outbox<SegmentsMessage> out) {
        for (Segment segment : image.segments()) {
            if (segment.version() > stored) {
                out.send(service, new Put(term(), segment));
            }
        }
        complete(out);
    }

    private void complete(Outbox<SegmentsMessage> out) {
        out.send(service, new Complete(term(), cut, image.versions()));
    }

    void told(ToLeader message, Outbox<SegmentsMessage> out) {
        switch (message) {
            case Attached _ -> {
                // The service knows nothing of what was put before.
                stored = -1;
                put(out);
            }
            case Stored(long _, long version) -> {
                stored = Math.max(stored, version);
                goOn(out);
            }
            case Safe(long _, long version) -> {
                if (version > safe) {
                    safe(version, out);
                }
            }
            case Confirmed(long _, long number) -> {
                confirmed = Math.max(confirmed, number);
                answer(out);
            }
        }
    }

    private void safe(long version, Outbox<SegmentsMessage> out) {
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

    private void answer(Outbox<SegmentsMessage> out) {
        if (batches.release(safe, confirmed, out)) {
            patience.begin();
        }
    }

    /** A tick has passed: says again what had no effect for so long. */
    void tick(Outbox<SegmentsMessage> out) {
        // What is safe may have to be put again for a service that was started again.
        boolean waits = batches.isWaiting() || Math.min(stored, safe) < cut;
        if (!waits) {
            patience.begin();
        } else if (patience.isOver()) {
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
        if (Math.min(stored, safe) < cut) {
            return "version " + cut + (stored < cut ? " to be stored" : " to be safe");
        }
        return asked > confirmed ? "its members to confirm that it leads" : "requests";
    }
}
