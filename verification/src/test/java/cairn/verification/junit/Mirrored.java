package cairn.verification.junit;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.fault.Admissible;
import cairn.fault.FaultPlan;
import cairn.model.Acknowledgement;
import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.fault.FaultKind;
import cairn.model.property.Bounds;
import cairn.model.service.Request;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.model.service.Workload;
import cairn.part.Batches;
import cairn.part.Image;
import cairn.part.StableFile;
import cairn.part.StateMachine;
import cairn.rdma.PersistenceDomain;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * A small protocol as an author outside of this repository writes one, which docs/testing.md walks
 * through: a server sends each checkpoint to a keeper, which answers when it is on its disk - or
 * before, which is the mistake that tests look for.
 *
 * @param early whether the keeper answers too soon
 * @param quirk what else the server does at each event, for tests of mistakes that no property is
 *     about
 */
record Mirrored(
        Service service,
        int clients,
        boolean early,
        BiConsumer<Event<Mirrored.Letter>, Outbox<Mirrored.Letter>> quirk)
        implements Protocol<Mirrored.Letter> {

    private static final NodeId SERVER = new NodeId(0);
    private static final NodeId KEEPER = new NodeId(1);
    private static final Bank BANK = new Bank(new BankSettings(64, 1_000, 0.2, 0.01, 0, 1));

    /** What the two say to each other. */
    sealed interface Letter extends Message {

        @Override
        default int bytes() {
            return 32;
        }

        /** Keep this checkpoint. */
        record Keep(long epoch, Image image) implements Letter {
            @Override
            public int bytes() {
                return 32 + image.size();
            }
        }

        /** It is kept. */
        record Kept(long epoch) implements Letter {}

        /** Which is the newest? */
        record Fetch(int life) implements Letter {}

        /** This one, or none. */
        record Found(int life, List<Image> image) implements Letter {
            @Override
            public int bytes() {
                return 32 + image.stream().mapToInt(Image::size).sum();
            }
        }
    }

    /** What tests search: everything that the promise covers may go wrong anywhere. */
    static Scenario<Letter> scenario(boolean early) {
        return scenario(early, (_, _) -> {});
    }

    static Scenario<Letter> scenario(
            boolean early, BiConsumer<Event<Letter>, Outbox<Letter>> quirk) {
        Mirrored protocol = new Mirrored(BANK, 2, early, quirk);
        Admissible promised = Admissible.promised(protocol.promise());
        return new Scenario<>(
                protocol,
                BANK,
                new Workload(2, 60, new Workload.Loop.Closed(20_000), 2_000_000),
                new Environment(
                        CpuCosts.DEFAULT,
                        NetworkCosts.MESSAGES,
                        RdmaCosts.DEFAULT,
                        new Platform(PersistenceDomain.ADR, true, true),
                        DiskCosts.NVME_PROTECTED,
                        false),
                new FaultPlan(List.of(), promised.everywhere(protocol.seats()), promised),
                new Bounds(64, 2_000_000_000L, 1_000_000),
                new Limits(1_000_000_000L, 1_000_000, 200_000, 100_000));
    }

    @Override
    public String name() {
        return "mirrored";
    }

    @Override
    public List<Seat> seats() {
        return List.of(
                new Seat("server", Hardware.PLAIN.withMemory(sessions().memoryBytes())),
                new Seat("keeper", Hardware.PLAIN.withDisk()));
    }

    private Sessions sessions() {
        return new Sessions(service, 2, clients);
    }

    @Override
    public Node<Letter> node(NodeId place) {
        return place.equals(SERVER) ? new Server(sessions(), quirk) : new Keeper(early);
    }

    @Override
    public Promise promise() {
        return new Promise(
                "An answered request is in a checkpoint on the keeper's disk.",
                Acknowledgement.DURABLE,
                Promise.anyBut(
                        FaultKind.PERMANENT_LOSS, FaultKind.DISK_LIES, FaultKind.DISK_CORRUPTS),
                true);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(SERVER);
    }

    /** Executes requests, and answers them when the keeper has what they changed. */
    private static final class Server implements Node<Letter> {

        private static final long AGAIN = 1;
        private static final long AGAIN_NANOS = 500_000;

        private final StateMachine service;
        private final Batches batches;
        private final BiConsumer<Event<Letter>, Outbox<Letter>> quirk;
        private int life;
        private long epoch;
        private long changesAtCut;
        private boolean resumed;
        private List<Letter> underWay = List.of();

        Server(Sessions sessions, BiConsumer<Event<Letter>, Outbox<Letter>> quirk) {
            service = new StateMachine(sessions);
            batches = new Batches(service, 64);
            this.quirk = quirk;
        }

        @Override
        public void boot(Boot boot, Outbox<Letter> out) {
            life = boot.incarnation();
            out.claim(new Fact.Doing(Activity.RESTART));
            send(new Letter.Fetch(life), out);
        }

        /** Sends a letter again and again until it is answered. */
        private void send(Letter letter, Outbox<Letter> out) {
            underWay = List.of(letter);
            out.send(KEEPER, letter);
            out.arm(AGAIN, AGAIN_NANOS);
        }

        @Override
        public void on(Event<Letter> event, Outbox<Letter> out) {
            quirk.accept(event, out);
            switch (event) {
                case Event.Asked<Letter>(Request request) -> {
                    batches.ask(request);
                    goOn(out);
                }
                case Event.Fired<Letter> _ -> underWay.forEach(letter -> send(letter, out));
                case Event.Delivered<Letter>(NodeId _, Letter.Found found) -> {
                    if (!resumed && found.life() == life) {
                        resume(found.image(), out);
                    }
                }
                case Event.Delivered<Letter>(NodeId _, Letter.Kept kept) -> {
                    if (resumed && !underWay.isEmpty() && kept.epoch() == epoch) {
                        underWay = List.of();
                        out.claim(new Fact.Doing(Activity.USEFUL));
                        acknowledge(out);
                        goOn(out);
                    }
                }
                case Event.Delivered<Letter> _,
                        Event.Answered<Letter> _,
                        Event.Computed<Letter> _,
                        Event.OfNic<Letter> _,
                        Event.OfDisk<Letter> _ ->
                        throw new IllegalStateException("not for the server: " + event);
            }
        }

        private void resume(List<Image> found, Outbox<Letter> out) {
            if (found.isEmpty()) {
                service.initialise(out);
            }
            for (Image image : found) {
                image.restoreInto(out.memory());
                epoch = image.epoch().number();
            }
            underWay = List.of();
            resumed = true;
            out.claim(new Fact.Resumed(new Epoch(epoch)));
            out.claim(new Fact.Leading(life + 1));
            out.claim(new Fact.Doing(Activity.USEFUL));
            if (epoch > 0) {
                // Its writer may have died before it could say so.
                acknowledge(out);
            }
            goOn(out);
        }

        private void goOn(Outbox<Letter> out) {
            if (!resumed || !underWay.isEmpty()) {
                return;
            }
            batches.gather(out);
            if (batches.isEmpty()) {
                return;
            }
            if (service.changes() == changesAtCut) {
                batches.close(epoch);
                batches.release(epoch, out);
                return;
            }
            changesAtCut = service.changes();
            epoch++;
            batches.close(epoch);
            out.claim(new Fact.Cut(new Epoch(epoch)));
            out.claim(new Fact.Doing(Activity.CHECKPOINT_PAUSE));
            Image image = Image.full(0, new Epoch(epoch), out.memory().snapshot());
            send(new Letter.Keep(epoch, image), out);
        }

        private void acknowledge(Outbox<Letter> out) {
            out.claim(new Fact.Sealed(new Epoch(epoch), new Epoch(epoch)));
            out.claim(new Fact.Acknowledged(new Epoch(epoch)));
            if (epoch > 1) {
                // The keeper has one file, and writes it anew.
                out.claim(new Fact.Discarded(new Epoch(epoch - 1)));
            }
            batches.release(epoch, out);
        }

        @Override
        public String waitsFor() {
            return underWay.isEmpty() ? "requests" : "an answer to " + underWay.getFirst();
        }
    }

    /** Keeps the newest checkpoint in a file. */
    private static final class Keeper implements Node<Letter> {

        private final boolean early;
        private final StableFile file = new StableFile("checkpoint", 0, 1_000_000);
        private boolean ready;
        private List<Image> kept = List.of();
        private List<Image> next = List.of();
        private int asking = -1;

        Keeper(boolean early) {
            this.early = early;
        }

        @Override
        public void boot(Boot boot, Outbox<Letter> out) {
            file.read(out);
        }

        @Override
        public void on(Event<Letter> event, Outbox<Letter> out) {
            switch (event) {
                case Event.Delivered<Letter>(NodeId _, Letter.Fetch(int life)) -> {
                    asking = Math.max(asking, life);
                    tell(out);
                }
                case Event.Delivered<Letter>(NodeId _, Letter.Keep keep) -> keep(keep, out);
                case Event.OfDisk<Letter> disk -> {
                    switch (file.on(disk, out)) {
                        case ABSENT -> begin(out);
                        case READ -> {
                            kept =
                                    List.of(
                                            Objects.requireNonNull(
                                                    Image.read(0, file.content()), "damaged"));
                            begin(out);
                        }
                        case WRITTEN -> {
                            kept = next;
                            next = List.of();
                            out.send(SERVER, new Letter.Kept(newest(kept)));
                            tell(out);
                        }
                        case BROKEN -> out.halt("its disk failed");
                        case UNDER_WAY -> {
                            // The disk is asked for the next step.
                        }
                    }
                }
                case Event.Fired<Letter> _ -> file.fired(out);
                case Event.Delivered<Letter> _,
                        Event.Asked<Letter> _,
                        Event.Answered<Letter> _,
                        Event.Computed<Letter> _,
                        Event.OfNic<Letter> _ ->
                        throw new IllegalStateException("not for the keeper: " + event);
            }
        }

        private void begin(Outbox<Letter> out) {
            ready = true;
            tell(out);
        }

        private void keep(Letter.Keep keep, Outbox<Letter> out) {
            if (early || keep.epoch() <= newest(kept)) {
                out.send(SERVER, new Letter.Kept(keep.epoch()));
            }
            // While it is busy the server sends it again.
            if (ready && !file.isBusy() && keep.epoch() > newest(kept)) {
                next = List.of(keep.image());
                file.write(keep.image().bytes(), out);
            }
        }

        private void tell(Outbox<Letter> out) {
            if (ready && asking >= 0 && !file.isBusy()) {
                out.send(SERVER, new Letter.Found(asking, kept));
                asking = -1;
            }
        }

        private static long newest(List<Image> images) {
            return images.isEmpty() ? 0 : images.getFirst().epoch().number();
        }

        @Override
        public String waitsFor() {
            return file.isBusy() ? "its disk: " + file : "checkpoints";
        }
    }
}
