package cairn.cluster.memory;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The stores that are tried to protected pages, at most one to a page, and stand there. */
final class TriedStores implements AutoCloseable {

    private final Map<Integer, TriedStore> standing = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("tried store ", 0).factory());

    boolean isEmpty() {
        return standing.isEmpty();
    }

    /** Whether one stands in a page. */
    boolean standsIn(int page) {
        return standing.containsKey(page);
    }

    /**
     * Tries a store to a page in which none stands; returns when it was stopped.
     *
     * @throws IllegalStateException if it passed
     */
    void tryIn(int page, long address, byte value) {
        var store = new TriedStore(address, value);
        standing.put(page, store);
        threads.execute(store);
        if (!store.wasStopped()) {
            throw new IllegalStateException("a store to protected page " + page + " passed");
        }
    }

    /** The one in a page of which the kernel has not told yet; {@code null} if there is none. */
    @Nullable TriedStore freshIn(int page) {
        TriedStore store = standing.get(page);
        return store != null && store.isFresh() ? store : null;
    }

    /** These pages were unprotected: who was stopped in one stores once more, and not later. */
    void awaitPassed(int first, int last) {
        standing.entrySet()
                .removeIf(each -> {
                    boolean released = each.getKey() >= first && each.getKey() <= last;
                    if (released) {
                        each.getValue().awaitPassed();
                    }
                    return released;
                });
    }

    @Override
    public void close() {
        threads.close();
    }
}
