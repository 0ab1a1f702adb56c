package cairn.virtual.boot;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The clock, the dice and the threads that rewritten code meets: those of the virtual world if the
 * calling thread is inside it, else the real ones. Threads inside are the virtual threads and the
 * one platform thread that carries them; everything else in the JVM goes on in real time.
 */
public final class Surroundings {

    private static volatile @Nullable Inside inside;

    /** What a virtual world answers to the threads inside it. */
    public interface World {
        /** The clock of the process whose thread is running. */
        long nanoTime();

        /** The same clock, as the time of day. */
        long currentTimeMillis();

        /** The dice of the process whose thread is running. */
        Random random();

        /** Something happened that makes the run worthless. */
        void broken(String what);
    }

    private record Inside(World world, Thread carrier) {}

    private Surroundings() {}

    /** Makes the calling thread the carrier of a world. */
    public static void enter(World world) {
        if (inside != null) {
            throw new IllegalStateException("one virtual world at a time in one JVM");
        }
        Monitors.clear();
        inside = new Inside(world, Thread.currentThread());
    }

    /** Ends the world: from now on every thread meets the real clock. */
    public static void leave() {
        inside = null;
    }

    /** Whether the calling thread may do what changes a world: it is the carrier, or is carried. */
    public static boolean isInside() {
        return world() != null;
    }

    static @Nullable World world() {
        Inside now = inside;
        if (now == null) {
            return null;
        }
        Thread thread = Thread.currentThread();
        return thread.isVirtual() || thread.equals(now.carrier) ? now.world : null;
    }

    /** In place of {@link System#nanoTime}. */
    public static long nanoTime() {
        World world = world();
        return world == null ? System.nanoTime() : world.nanoTime();
    }

    /** In place of {@link System#currentTimeMillis}. */
    public static long currentTimeMillis() {
        World world = world();
        return world == null ? System.currentTimeMillis() : world.currentTimeMillis();
    }

    /** In place of {@link java.util.concurrent.ThreadLocalRandom#current}. */
    public static Random random() {
        World world = world();
        return world == null ? new Random() : world.random();
    }

    /** In place of {@link Math#random}. */
    public static double uniform() {
        return random().nextDouble();
    }

    /** In place of {@link Collections#shuffle(List)}. */
    public static void shuffle(List<?> list) {
        Collections.shuffle(list, random());
    }

    /** In place of {@link UUID#randomUUID}: of the same version and variant. */
    public static UUID randomUuid() {
        Random random = random();
        long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** In place of JGroups' choice between platform and virtual threads. */
    public static Thread thread(
            Runnable task, @Nullable String name, boolean daemon, boolean virtual) {
        if (world() != null) {
            return Thread.ofVirtual().name(name == null ? "" : name).unstarted(task);
        }
        Thread thread =
                virtual
                        ? Thread.ofVirtual().unstarted(task)
                        : Thread.ofPlatform().daemon(daemon).unstarted(task);
        if (name != null) {
            thread.setName(name);
        }
        return thread;
    }

    /** In place of a factory of platform threads. */
    public static ThreadFactory factory(Thread.Builder.OfPlatform builder) {
        return world() == null ? builder.factory() : Thread.ofVirtual().factory();
    }

    /** In place of {@link Thread#start}: a platform thread inside would run in real time. */
    public static void start(Thread thread) {
        World world = world();
        if (world != null && !thread.isVirtual()) {
            world.broken("a platform thread was started in virtual time: " + thread.getName());
        }
        thread.start();
    }

    /** In place of {@link ForkJoinPool#commonPool}, whose threads run in real time. */
    public static ForkJoinPool commonPool() {
        return world() == null ? ForkJoinPool.commonPool() : new ThreadPerTask();
    }

    private static Executor executor() {
        return world() == null ? ForkJoinPool.commonPool() : Thread::startVirtualThread;
    }

    /** In place of {@link CompletableFuture#supplyAsync(Supplier)}. */
    public static <T> CompletableFuture<T> supplyAsync(Supplier<T> supplier) {
        return CompletableFuture.supplyAsync(supplier, executor());
    }

    /** In place of {@link CompletableFuture#runAsync(Runnable)}. */
    public static CompletableFuture<Void> runAsync(Runnable task) {
        return CompletableFuture.runAsync(task, executor());
    }

    /** In place of {@link CompletableFuture#orTimeout}, which waits on a platform thread. */
    public static <T> CompletableFuture<T> orTimeout(
            CompletableFuture<T> future, long timeout, TimeUnit unit) {
        if (world() == null) {
            return future.orTimeout(timeout, unit);
        }
        Thread waiting =
                Thread.startVirtualThread(() -> {
                    try {
                        unit.sleep(timeout);
                        future.completeExceptionally(new TimeoutException());
                    } catch (InterruptedException completed) {
                        // The future was quicker, and nothing is left to do.
                        Thread.currentThread().interrupt();
                    }
                });
        var _ = future.whenComplete((_, _) -> waiting.interrupt());
        return future;
    }

    /** A pool for those who want one: each task has a virtual thread of its own. */
    private static final class ThreadPerTask extends ForkJoinPool {
        ThreadPerTask() {
            super(1);
        }

        @Override
        public void execute(Runnable task) {
            Thread.startVirtualThread(task);
        }
    }
}
