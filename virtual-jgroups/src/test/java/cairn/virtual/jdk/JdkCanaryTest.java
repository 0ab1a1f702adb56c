package cairn.virtual.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jgroups.JChannel;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Dies first when a JDK changes what virtual time stands on, and says in a sentence what it was.
 */
final class JdkCanaryTest {

    /** Read the clock, and are none of what runs inside a world: each with its reason. */
    private static final Set<String> LEFT_ALONE =
            Set.of(
                    // The thread of a pool that no world has, and its delayed tasks.
                    "java/util/concurrent/DelayScheduler",
                    // Seeds the real dice.
                    "java/util/concurrent/ThreadLocalRandom");

    private static final Set<String> ON_MONITORS = Set.of("wait", "notify", "notifyAll");

    /** Keeps what a scheduler captures, for the test to carry out. */
    private static final class Kept implements ProcessScheduler.Captured {
        private final Deque<Runnable> slices = new ArrayDeque<>();
        private final List<Runnable> wakes = new ArrayList<>();
        private long nanos;

        @Override
        public void runnable(Runnable slice) {
            slices.add(slice);
        }

        @Override
        @SuppressWarnings("NullAway") // The JDK allows for a timer that cannot be cancelled.
        public ScheduledFuture<?> after(Runnable wake, long nanosFromNow) {
            wakes.add(wake);
            nanos = nanosFromNow;
            return null;
        }
    }

    @Test
    void theJvmHasTheAgent() {
        assertTrue(
                Agent.isThere(),
                "the tests of this module are started with its agent; Surefire's argLine has it");
    }

    @Test
    void theJdkIsTheOneWhoseInsideIsKnown() {
        assertEquals(
                25,
                Runtime.version().feature(),
                "virtual time was built on JDK 25: see whether the other canaries sing, then change"
                        + " this one");
    }

    @Test
    void aVirtualThreadHandsItsSlicesAndTimersToASchedulerOfItsOwn() {
        Kept kept = new Kept();
        List<String> notes = new ArrayList<>();
        new ProcessScheduler(kept)
                .thread(
                        "first",
                        () -> {
                            notes.add("begins");
                            LockSupport.parkNanos(77);
                            Thread.ofVirtual().start(() -> notes.add("child"));
                            notes.add("ends");
                        })
                .start();
        assertEquals(1, kept.slices.size(), "a start is handed to execute");
        kept.slices.poll().run();
        assertEquals(List.of("begins"), notes, "the slice ends where the thread parks");
        assertEquals(1, kept.wakes.size(), "a timed park is handed to schedule(Runnable, ...)");
        assertEquals(77, kept.nanos, "with its time");
        kept.wakes.getFirst().run();
        assertEquals(1, kept.slices.size(), "the timer hands the continuation to execute");
        kept.slices.poll().run();
        assertEquals(1, kept.slices.size(), "a thread inherits the scheduler of its maker");
        kept.slices.poll().run();
        assertEquals(List.of("begins", "ends", "child"), notes);
    }

    @Test
    void aContinuationThatIsDroppedLeavesNothingBehind() {
        assertEquals(
                "false",
                System.getProperty("jdk.trackAllThreads"),
                "without -Djdk.trackAllThreads=false the JVM keeps every thread of every killed"
                        + " process");
    }

    @Test
    void theClassesOfTheJdkThatReadTheClockAreTheOnesThatAreRewritten() throws IOException {
        Set<String> read = new TreeSet<>();
        Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
        try (Stream<Path> files = Files.walk(root.resolve("java/util/concurrent"))) {
            List<Path> classes =
                    Stream.concat(files, Stream.of(root.resolve("java/lang/VirtualThread.class")))
                            .filter(file -> file.toString().endsWith(".class"))
                            .toList();
            for (Path file : classes) {
                if (readsTheClock(ClassFile.of().parse(file))) {
                    read.add(root.relativize(file).toString().replace(".class", ""));
                }
            }
        }
        Set<String> known = new TreeSet<>(Rewriting.TIMED);
        known.addAll(LEFT_ALONE);
        assertEquals(known, read, "another JDK waits by the clock in other classes");
    }

    private static boolean readsTheClock(ClassModel model) {
        return model.methods().stream()
                .map(MethodModel::code)
                .flatMap(code -> code.stream().flatMap(CodeModel::elementStream))
                .anyMatch(element ->
                        element instanceof InvokeInstruction call
                                && call.owner().asInternalName().equals("java/lang/System")
                                && (call.name().equalsString("nanoTime")
                                        || call.name().equalsString("currentTimeMillis")));
    }

    @Test
    void noClassOfJGroupsKeepsACallThatTheAgentReplaces() throws IOException {
        Rewriting rewriting = new Rewriting(List.of("org/jgroups/"));
        Set<String> kept = new TreeSet<>();
        int locks = 0;
        try (JarFile jar = new JarFile(jarOfJGroups())) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName().replace(".class", "");
                if (entry.getName().endsWith(".class") && name.startsWith("org/jgroups/")) {
                    byte[] before = jar.getInputStream(entry).readAllBytes();
                    locks += locks(ClassFile.of().parse(before));
                    byte[] after =
                            rewriting.transform(
                                    getClass().getClassLoader(), name, null, null, before);
                    ClassModel model = ClassFile.of().parse(after == null ? before : after);
                    if (readsTheClock(model) || locks(model) > 0) {
                        kept.add(name);
                    }
                }
            }
        }
        assertTrue(locks > 300, locks + " monitors were found in JGroups");
        assertEquals(Set.of(), kept);
    }

    private static String jarOfJGroups() {
        URL source = JChannel.class.getProtectionDomain().getCodeSource().getLocation();
        return URI.create(source.toString()).getPath();
    }

    /** How many monitors are entered, or waited for, by the JVM's own means. */
    private static int locks(ClassModel model) {
        int locks = 0;
        for (MethodModel method : model.methods()) {
            if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
                locks++;
            }
            for (CodeElement element :
                    method.code().map(CodeModel::elementList).orElse(List.of())) {
                if (element instanceof MonitorInstruction
                        || (element instanceof InvokeInstruction call
                                && call.owner().asInternalName().equals("java/lang/Object")
                                && ON_MONITORS.contains(call.name().stringValue()))) {
                    locks++;
                }
            }
        }
        return locks;
    }
}
