package cairn.virtual.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Code that is rewritten: it uses everything that the agent knows, as JGroups does. */
public final class Meeting {

    private final List<String> notes = new ArrayList<>();
    private int arrived;

    /** Called by several threads: each but the last waits, holding a monitor while it sleeps. */
    public synchronized void arrive(String who, int expected) throws InterruptedException {
        Thread.sleep(1_000);
        notes.add(who);
        arrived++;
        if (arrived == expected) {
            notifyAll();
        }
        while (arrived < expected) {
            wait();
        }
    }

    /** Who came, in their order. */
    public List<String> notes() {
        synchronized (notes) {
            return List.copyOf(notes);
        }
    }

    /** How many milliseconds a wait lasted that nobody ends. */
    @SuppressWarnings("WaitNotInLoop") // How long nothing ends it is what is asked.
    public synchronized long waitInVain(long millis) throws InterruptedException {
        long begin = System.currentTimeMillis();
        wait(millis);
        return System.currentTimeMillis() - begin;
    }

    /** A static monitor, given back also by a throw. */
    public static synchronized void refuse(String why) {
        if (!why.isEmpty()) {
            throw new IllegalArgumentException(why);
        }
    }

    /** Some dice. */
    public static String dice() {
        List<Integer> cards = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8));
        Collections.shuffle(cards);
        return cards
                + " "
                + ThreadLocalRandom.current().nextInt(1_000)
                + " "
                + ThreadLocalRandom.current().nextLong(5, 1_000)
                + " "
                + Math.random()
                + " "
                + java.util.UUID.randomUUID();
    }

    /** Something without a hash of its own. */
    public static final class Chair {}

    /** The places of some chairs in a hash table, in its order. */
    public static List<Integer> chairs() {
        Map<Chair, Integer> places = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            places.put(new Chair(), i);
        }
        return List.copyOf(places.values());
    }

    /** A future that nobody completes, until it times out. */
    public static CompletableFuture<String> timeout(long seconds) {
        return new CompletableFuture<String>().orTimeout(seconds, TimeUnit.SECONDS);
    }

    /** The name of the thread that computes something asynchronously. */
    public static boolean computesInVirtualThread() {
        return CompletableFuture.supplyAsync(() -> Thread.currentThread().isVirtual()).join();
    }

    /** Starts a thread of the platform, which must not be. */
    public static void startPlatformThread() {
        Thread thread = new Thread(() -> {}, "stray");
        thread.start();
    }
}
