package cairn.cluster.node;

import cairn.cluster.control.DiskTrouble;
import cairn.cluster.disk.FileLayer;
import cairn.cluster.disk.Folder;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.fault.Moment;
import cairn.model.storage.Disk;
import cairn.model.storage.StorageError;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A node's disk: real files, one operation after another on a thread of its own. */
final class LiveDisk<M extends Message> implements Disk {

    private static final int SECTOR_BYTES = 512;

    private final FileLayer folder;
    private final Site site;
    private final Consumer<Event<M>> events;
    private final ExecutorService device =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("disk").factory());
    private final AtomicLong bytesWritten = new AtomicLong();

    /** Whether the file system itself is full; known to the device's thread. */
    private boolean filled;

    /** Whether anybody has said what state it is in. */
    private boolean isKnown;

    private volatile DiskTrouble trouble = DiskTrouble.NONE;

    /** Something that a disk does. */
    private interface Operation<M extends Message> {
        Event<M> carryOut() throws IOException;
    }

    /** A refusal that no file system gave. */
    private static final class NoSpace extends IOException {
        NoSpace() {
            super("No space left on device");
        }
    }

    /** An error that no device gave. */
    private static final class DeviceError extends IOException {
        DeviceError() {
            super("Input/output error");
        }
    }

    LiveDisk(FileLayer folder, Site site, Consumer<Event<M>> events) {
        this.folder = folder;
        this.site = site;
        this.events = events;
    }

    void set(DiskTrouble now) {
        // Another process of the place may have left it full, and been healed when it was gone.
        if (!isKnown || now.full() != trouble.full()) {
            device.execute(() -> fill(now.full()));
        }
        isKnown = true;
        trouble = now;
    }

    private void fill(boolean full) {
        try {
            filled = folder.fill(full) && full;
        } catch (IOException e) {
            site.broken(e);
        }
    }

    /** Bytes that were written so far. */
    long bytesWritten() {
        return bytesWritten.get();
    }

    /** Bits of all files flip. */
    void rot() {
        spoil(folder::rot);
    }

    /** The largest file loses its end. */
    void truncateFile() {
        spoil(folder::truncate);
    }

    /** What is done to files behind the back of the node. */
    private interface Spoiling {
        void carryOut() throws IOException;
    }

    private void spoil(Spoiling spoiling) {
        device.execute(() -> {
            try {
                spoiling.carryOut();
            } catch (IOException e) {
                site.broken(e);
            }
        });
    }

    private void submit(long token, Site.Device work, Operation<M> operation) {
        // What was claimed before is known before its bytes are.
        site.flush();
        device.execute(() -> events.accept(outcome(token, work, operation)));
    }

    private Event<M> outcome(long token, Site.Device work, Operation<M> operation) {
        long begun = System.nanoTime();
        LockSupport.parkNanos(site.deviceNanos(work));
        Event<M> event;
        try {
            event = operation.carryOut();
        } catch (NoSuchFileException e) {
            event = new Event.StoreFailed<>(token, StorageError.NOT_FOUND);
        } catch (IOException e) {
            event = new Event.StoreFailed<>(token, error(e));
        }
        double slowness = trouble.slowness();
        if (slowness > 1) {
            LockSupport.parkNanos(Math.round((System.nanoTime() - begun) * (slowness - 1)));
        }
        return event;
    }

    private static StorageError error(IOException e) {
        return Folder.isNoSpace(e) ? StorageError.NO_SPACE : StorageError.IO_ERROR;
    }

    /** Fails as often as the device does now. */
    private void askDevice() throws DeviceError {
        double probability = trouble.errorProbability();
        if (probability > 0 && ThreadLocalRandom.current().nextDouble() < probability) {
            throw new DeviceError();
        }
    }

    @Override
    public void write(long token, String file, long offset, byte[] content) {
        byte[] kept = content.clone();
        submit(
                token,
                Site.Device.CALL,
                () -> {
                    DiskTrouble now = trouble;
                    if (now.full() && !filled) {
                        throw new NoSpace();
                    }
                    if (filled) {
                        // What was given up since the disk became full is no space for this.
                        folder.fill(true);
                    }
                    if (now.losesWrites()) {
                        folder.loseWrite(file, offset, kept.length);
                    } else {
                        folder.write(file, offset + (now.misdirects() ? SECTOR_BYTES : 0), kept);
                    }
                    bytesWritten.addAndGet(kept.length);
                    site.moment(Moment.DISK_WRITTEN);
                    return new Event.Stored<>(token);
                });
    }

    @Override
    public void sync(long token, String file) {
        submit(
                token,
                Site.Device.SYNC,
                () -> {
                    askDevice();
                    if (!trouble.lies()) {
                        folder.sync(file);
                    }
                    site.moment(Moment.DISK_SYNCED);
                    return new Event.Stored<>(token);
                });
    }

    @Override
    public void rename(long token, String from, String to) {
        submit(
                token,
                Site.Device.CALL,
                () -> {
                    folder.rename(from, to);
                    return new Event.Stored<>(token);
                });
    }

    @Override
    public void delete(long token, String file) {
        submit(
                token,
                Site.Device.CALL,
                () -> {
                    folder.delete(file);
                    return new Event.Stored<>(token);
                });
    }

    @Override
    public void syncDirectory(long token) {
        submit(
                token,
                Site.Device.DIRECTORY_SYNC,
                () -> {
                    askDevice();
                    if (!trouble.lies()) {
                        folder.syncDirectory();
                    }
                    return new Event.Stored<>(token);
                });
    }

    @Override
    public void read(long token, String file) {
        submit(
                token,
                Site.Device.READ,
                () -> {
                    byte[] content = folder.read(file);
                    askDevice();
                    return new Event.Fetched<>(token, content);
                });
    }

    @Override
    public void list(long token) {
        submit(token, Site.Device.CALL, () -> new Event.Listed<>(token, folder.list()));
    }

    void close() throws IOException {
        device.shutdownNow();
        folder.close();
    }
}
