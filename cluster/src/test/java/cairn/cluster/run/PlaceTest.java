package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cairn.application.keyvalue.KeyValue;
import cairn.application.keyvalue.KeyValueSettings;
import cairn.cluster.control.Condition;
import cairn.cluster.control.DiskTrouble;
import cairn.cluster.control.Order;
import cairn.cluster.control.Past;
import cairn.cluster.control.Pipe;
import cairn.cluster.control.Report;
import cairn.cluster.group.Stack;
import cairn.cluster.memory.PageProtection;
import cairn.model.CpuCosts;
import cairn.model.Hardware;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A place, of whose processes the test is the other end, and whose thread that steers. */
final class PlaceTest {

    private static final NodeId SERVER = new NodeId(0);
    private static final DiskTrouble FULL =
            DiskTrouble.NONE.after(new Fault.DiskFull(SERVER), true);

    private final BlockingQueue<Runnable> steering = new LinkedBlockingQueue<>();
    private final Place place = new Place(0, Hardware.PLAIN, new Helm());
    private Puppet process = new Puppet();

    @AfterEach
    void end() {
        process.destroy();
    }

    private void says(Report report) throws Exception {
        process.pipe.send(report);
        steering.take().run();
    }

    private <O extends Order> O hears(Class<O> kind) throws IOException {
        return assertInstanceOf(kind, process.pipe.receive());
    }

    private void isEnrolled() throws Exception {
        place.start();
        says(new Report.Started(1));
    }

    @Test
    void aNodeBeginsOnItsMachineAsThatIsByThen() throws Exception {
        isEnrolled();
        hears(Order.Enrol.class);
        place.trouble(FULL);
        place.jumpClock(7);
        place.drift(3);
        says(new Report.Joined());
        assertEquals(new Condition(FULL, 7, 3), hears(Order.Go.class).condition());
        place.jumpClock(5);
        assertEquals(new Order.ClockState(5, 3), hears(Order.ClockState.class));
    }

    @Test
    void whatIsHealedWhileAProcessJoinsIsHealedForItsNode() throws Exception {
        place.trouble(FULL);
        isEnrolled();
        hears(Order.Enrol.class);
        place.trouble(DiskTrouble.NONE);
        says(new Report.Joined());
        assertEquals(Condition.WELL, hears(Order.Go.class).condition());
    }

    /** It joins over them, and so is told before. */
    @Test
    void badLinksAreKnownToAProcessThatJoins() throws Exception {
        var cut = new Order.Links(1, Map.of(1, new LinkQuality(1, 0, 0, 0, 0)));
        place.links(cut);
        isEnrolled();
        assertEquals(cut, hears(Order.Enrol.class).links());
        var well = new Order.Links(2, Map.of());
        place.links(well);
        assertEquals(well, hears(Order.Links.class));
    }

    @Test
    void aProcessThatIsKilledWhileItJoinsIsFollowedByOneThatFindsWhatTheFaultLeft()
            throws Exception {
        isEnrolled();
        assertEquals(Past.BLANK, hears(Order.Enrol.class).past());
        says(new Report.Joined());
        place.crash("power loss", Past.LOST_VOLATILE);
        steering.take().run();
        assertFalse(process.isAlive());
        process = new Puppet();
        place.revive();
        says(new Report.Started(2));
        Order.Enrol next = hears(Order.Enrol.class);
        assertEquals(Past.LOST_VOLATILE, next.past());
        assertEquals(1, next.incarnation());
    }

    @Test
    void aLossOfPowerIsNotForgottenForWhatAProcessSaidJustBefore() throws Exception {
        isEnrolled();
        says(new Report.Joined());
        isFollowedAfter("crash", Past.KEPT);
        process.pipe.send(new Report.Joined());
        Runnable joined = steering.take();
        place.crash("power loss", Past.LOST_VOLATILE);
        joined.run();
        steering.take().run();
        isReplaced();
        assertEquals(Past.LOST_VOLATILE, hears(Order.Enrol.class).past());
    }

    private void isFollowedAfter(String reason, Past since) throws Exception {
        place.crash(reason, since);
        steering.take().run();
        isReplaced();
        assertEquals(since, hears(Order.Enrol.class).past());
    }

    private void isReplaced() throws Exception {
        process = new Puppet();
        place.revive();
        says(new Report.Started(2));
    }

    /** A process as far as its place sees one. */
    private static final class Puppet extends Process {

        private final PipedInputStream reports = new PipedInputStream(1 << 16);
        private final PipedInputStream orders = new PipedInputStream(1 << 16);
        private final OutputStream itsOut;
        private final OutputStream itsIn;
        private final Pipe pipe;
        private final CountDownLatch ended = new CountDownLatch(1);

        Puppet() {
            try {
                itsOut = new PipedOutputStream(reports);
                itsIn = new PipedOutputStream(orders);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            pipe = new Pipe(orders, itsOut);
        }

        @Override
        public OutputStream getOutputStream() {
            return itsIn;
        }

        @Override
        public InputStream getInputStream() {
            return reports;
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            ended.await();
            return exitValue();
        }

        @Override
        public int exitValue() {
            return 137;
        }

        @Override
        public boolean isAlive() {
            return ended.getCount() > 0;
        }

        @Override
        public void destroy() {
            try {
                itsOut.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ended.countDown();
        }
    }

    /** What the place needs of a cluster: the run has begun, and nothing takes its time. */
    private final class Helm implements Place.Steering {

        @Override
        public Machines machines() {
            return Machines.loopback();
        }

        @Override
        public Process start(int index) {
            return process;
        }

        @Override
        public Path log(int index) {
            return Path.of("n" + index + ".log");
        }

        @Override
        public Order.Enrol enrolment(
                int index, int incarnation, Past past, boolean logs, Order.Links links) {
            return new Order.Enrol(
                    new LocalDisk(
                            LocalDiskSettings.DEFAULT,
                            new KeyValue(KeyValueSettings.DEFAULT),
                            1,
                            CpuCosts.DEFAULT),
                    index,
                    incarnation,
                    new Stack("127.0.0.1", 1, List.of(), 1, 1, false),
                    List.of(),
                    "files",
                    "totals",
                    false,
                    1,
                    past,
                    PageProtection.SOFTWARE,
                    List.of(),
                    logs,
                    links);
        }

        @Override
        public long zeroNanos() {
            return 0;
        }

        @Override
        public long now() {
            return 0;
        }

        @Override
        public void observe(Observation observation) {}

        @Override
        public void reported(Place of, Incarnation from, Report report) {
            steering.add(() -> of.reported(from, report));
        }

        @Override
        public void ended(Place of, Incarnation from) {
            steering.add(() -> of.ended(from));
        }

        @Override
        public void later(long delayNanos, Runnable action) {
            steering.add(action);
        }

        @Override
        public long restartNanos() {
            return 0;
        }

        @Override
        public void fail(String reason) {
            throw new AssertionError(reason);
        }
    }
}
