package cairn.protocol.differential;

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
import cairn.part.Image;
import cairn.part.StableFile;
import cairn.part.StateMachine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Executes requests and answers them when an image that contains them is durable. There are two
 * chains of files, each a full image and a differential one: while one chain begins anew the other
 * one stays, so at any time one of them is whole (PA-3).
 */
final class Server implements Node<DifferentialMessage> {

    /** What the images are of: there is one memory. */
    private static final long OWNER = 0;

    private static final long RETRY_NANOS = 1_000_000;

    private final DifferentialSettings settings;
    private final Rules rules;
    private final CpuCosts costs;
    private final StateMachine service;
    private final Chain chain;
    private final List<StableFile> fulls = files("full");
    private final List<StableFile> differentials = files("differential");
    private final ArrayDeque<Request> backlog = new ArrayDeque<>();
    private List<Response> pending = new ArrayList<>();
    private List<Response> underWay = new ArrayList<>();
    private final @Nullable Image[] found = new Image[4];
    private StableFile file = fulls.getFirst();
    private int reading;
    private boolean resumed;
    private int current;
    private long epoch;
    private long oldest = 1;
    private long changesAtCut;
    private long faults;

    Server(DifferentialSettings settings, Sessions sessions, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.rules = rules;
        this.costs = costs;
        service = new StateMachine(sessions);
        chain = new Chain(settings.fullEvery());
    }

    private static List<StableFile> files(String kind) {
        int first = kind.equals("full") ? 0 : 2;
        List<StableFile> files = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            files.add(
                    new StableFile(
                            kind + "-" + i, (long) (first + i) * StableFile.TOKENS, RETRY_NANOS));
        }
        return files;
    }

    @Override
    public void boot(Boot boot, Outbox<DifferentialMessage> out) {
        out.claim(new Fact.Doing(Activity.RESTART));
        file.read(out);
    }

    @Override
    public void on(Event<DifferentialMessage> event, Outbox<DifferentialMessage> out) {
        switch (event) {
            case Event.Asked<DifferentialMessage>(Request request) -> {
                out.spend(costs.messageNanos());
                backlog.add(request);
                goOn(out);
            }
            case Event.OfDisk<DifferentialMessage> disk -> {
                switch (file.on(disk, out)) {
                    case ABSENT -> readNext(out);
                    case READ -> read(file.content(), out);
                    case WRITTEN -> acknowledge(out);
                    case BROKEN -> out.halt("its disk failed");
                    case UNDER_WAY -> {
                        // The disk is asked for the next step.
                    }
                }
            }
            case Event.Fired<DifferentialMessage> _ -> file.fired(out);
            case Event.Delivered<DifferentialMessage> _,
                    Event.Answered<DifferentialMessage> _,
                    Event.Computed<DifferentialMessage> _,
                    Event.OfNic<DifferentialMessage> _ ->
                    throw new IllegalStateException("not for this server: " + event);
        }
    }

    // ---- restoring

    private void read(byte[] content, Outbox<DifferentialMessage> out) {
        out.spend(costs.checksumNanos(content.length));
        Image image = Image.read(OWNER, content);
        if (image == null) {
            // Better to stand still than to serve from an image without what belongs to it.
            out.halt(file + ": its image is damaged");
        } else {
            found[reading] = image;
            readNext(out);
        }
    }

    private void readNext(Outbox<DifferentialMessage> out) {
        reading++;
        if (reading < found.length) {
            file = reading < 2 ? fulls.get(reading) : differentials.get(reading - 2);
            file.read(out);
        } else {
            restore(out);
        }
    }

    /** The newest epoch of a chain; zero if there is none. */
    private long newest(int which) {
        Image full = found[which];
        Image differential = found[2 + which];
        if (full == null) {
            return 0;
        }
        long of = full.epoch().number();
        return differential != null && rules.fits(differential.base(), full.epoch())
                ? Math.max(of, differential.epoch().number())
                : of;
    }

    private void restore(Outbox<DifferentialMessage> out) {
        current = newest(1) > newest(0) ? 1 : 0;
        Image full = found[current];
        Image differential = found[2 + current];
        if (full == null) {
            service.initialise(out);
            resume(0, out);
            return;
        }
        full.restoreInto(out.memory());
        out.spend(costs.memcpyNanos(full.size()));
        if (differential != null && rules.fits(differential.base(), full.epoch())) {
            differential.restoreInto(out.memory());
            out.spend(costs.memcpyNanos(differential.size()));
        }
        Image former = found[1 - current];
        oldest = former == null ? 1 : former.epoch().number();
        resume(full.epoch().number(), out);
    }

    private void resume(long base, Outbox<DifferentialMessage> out) {
        epoch = newest(current);
        Epoch restored = new Epoch(epoch);
        if (epoch > 0) {
            // Its writer may have died before it could say so.
            out.claim(new Fact.Sealed(restored, new Epoch(base)));
        }
        out.claim(new Fact.Resumed(restored));
        if (epoch > 0) {
            out.claim(new Fact.Acknowledged(restored));
            discardBefore(base, out);
        }
        out.memory().onFault(page -> stored(page, out.memory()));
        out.claim(new Fact.Leading(epoch + 1));
        out.claim(new Fact.Doing(Activity.USEFUL));
        resumed = true;
        goOn(out);
    }

    // ---- working

    private void stored(int page, PagedMemory memory) {
        chain.stored(page);
        faults++;
        memory.unprotect(page);
    }

    private void goOn(Outbox<DifferentialMessage> out) {
        if (!resumed) {
            return;
        }
        gather(out);
        while (!file.isBusy() && !pending.isEmpty()) {
            List<Response> taken = underWay;
            underWay = pending;
            pending = taken;
            if (service.changes() > changesAtCut) {
                cut(out);
            } else {
                answer(out);
                // Nothing will come from the disk that would make the rest go on.
                gather(out);
            }
        }
    }

    private void gather(Outbox<DifferentialMessage> out) {
        while (!backlog.isEmpty() && pending.size() < settings.batchRequests()) {
            Response response = service.execute(backlog.remove(), out);
            if (response != null) {
                pending.add(response);
            }
        }
        if (faults > 0) {
            out.claim(new Fact.Doing(Activity.FAULT_STALL));
            out.spend(faults * costs.faultNanos());
            out.claim(new Fact.Doing(Activity.USEFUL));
            faults = 0;
        }
    }

    private void cut(Outbox<DifferentialMessage> out) {
        epoch++;
        changesAtCut = service.changes();
        out.claim(new Fact.Cut(new Epoch(epoch)));
        boolean isFull = chain.isFullDue();
        Image image = chain.next(OWNER, new Epoch(epoch), out.memory());
        out.claim(new Fact.Doing(Activity.CHECKPOINT_PAUSE));
        out.spend(costs.memcpyNanos(image.size()) + costs.checksumNanos(image.size()));
        if (isFull) {
            out.memory().protectAll();
            out.spend(costs.protectPageNanos() * out.memory().pageCount());
            current = 1 - current;
        }
        out.claim(new Fact.Doing(Activity.USEFUL));
        file = isFull ? fulls.get(current) : differentials.get(current);
        file.write(image.bytes(), out);
    }

    private void acknowledge(Outbox<DifferentialMessage> out) {
        Epoch safe = new Epoch(epoch);
        out.claim(new Fact.Sealed(safe, chain.base()));
        out.claim(new Fact.Acknowledged(safe));
        if (chain.base().equals(safe)) {
            discardBefore(epoch, out);
        }
        answer(out);
        goOn(out);
    }

    /** A new chain has begun: nothing needs the former one any more. */
    private void discardBefore(long base, Outbox<DifferentialMessage> out) {
        for (; oldest < base; oldest++) {
            out.claim(new Fact.Discarded(new Epoch(oldest)));
        }
    }

    private void answer(Outbox<DifferentialMessage> out) {
        underWay.forEach(out::answer);
        underWay.clear();
    }

    @Override
    public String waitsFor() {
        return file.isBusy() ? "its disk: " + file + " e" + epoch : "requests";
    }
}
