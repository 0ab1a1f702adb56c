package cairn.cluster.memory;

/**
 * A store of the byte that is there already, on a thread of its own, which is stopped in it for as
 * long as the page is protected.
 */
final class TriedStore implements Runnable {

    private final long address;
    private final byte value;
    private boolean stopped;
    private boolean passed;

    TriedStore(long address, byte value) {
        this.address = address;
        this.value = value;
    }

    @Override
    public void run() {
        Linux.store(address, value);
        synchronized (this) {
            passed = true;
            notifyAll();
        }
    }

    /** Whether the kernel has not told of it yet. */
    synchronized boolean isFresh() {
        return !stopped;
    }

    /** The kernel tells of it. */
    synchronized void stopped() {
        stopped = true;
        notifyAll();
    }

    /** Whether it was stopped, as soon as that is known. */
    synchronized boolean wasStopped() {
        while (!stopped && !passed) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return stopped;
    }

    /** Returns when it has passed: from then on the byte is not stored again. */
    synchronized void awaitPassed() {
        while (!passed) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a store was tried", cause);
    }
}
