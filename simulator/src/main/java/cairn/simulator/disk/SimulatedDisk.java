package cairn.simulator.disk;

import cairn.model.choice.Choices;
import cairn.model.choice.Course;
import cairn.model.fault.Fault;
import cairn.model.storage.Disk;
import cairn.model.storage.StorageError;
import cairn.simulator.disk.Operation.Delete;
import cairn.simulator.disk.Operation.ListNames;
import cairn.simulator.disk.Operation.Read;
import cairn.simulator.disk.Operation.Rename;
import cairn.simulator.disk.Operation.Sync;
import cairn.simulator.disk.Operation.SyncDirectory;
import cairn.simulator.disk.Operation.Write;
import cairn.simulator.kernel.Cores;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * A machine's disk in virtual time, behind a file system: it does one operation after the other, in
 * the order asked, and each takes effect when its time is over.
 *
 * <p>A write goes to the page cache, which a loss of power and a restart of the operating system
 * empty. A sync hands a file's sectors to the device's cache, which a loss of power empties unless
 * it is protected, and flushes that cache, all of it, to the platter. Names are durable apart from
 * contents, by {@link #syncDirectory}. What was not safe is lost, or survives, or is torn, sector
 * by sector and name by name, as the choices answer; calmly it is lost.
 *
 * <p>A read finds what the disk holds: nothing here finds or mends lost, misdirected or rotten
 * sectors.
 */
public final class SimulatedDisk implements Disk, LogicalProcess {

    private final DiskCosts costs;
    private final Kernel kernel;
    private final Cores cores;
    private final SharedDevice device;
    private final Completions completions;
    private final int process;
    private final Fates fates;
    private final Defects defects;
    private final Course contentFlush;
    private final Course nameFlush;
    private final FileSystem files;
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>();
    private @Nullable Asked inProgress;
    private long ticket;

    /** An operation, and whether anybody is still to be told. */
    private static final class Asked {
        private final Operation operation;
        private boolean silent;

        Asked(Operation operation) {
            this.operation = operation;
        }
    }

    /**
     * An empty disk.
     *
     * @param name of the machine, for its choices: "sector survives n1"
     */
    public SimulatedDisk(
            String name, DiskCosts costs, Kernel kernel, Choices choices, Completions completions) {
        this(
                name,
                costs,
                kernel,
                new Cores(0),
                new SharedDevice(new Cores(0), 0, 0),
                choices,
                completions);
    }

    /**
     * The same, of a machine that shares its cores and its disk: calls that wait for no device take
     * a core, syncs the device.
     */
    public SimulatedDisk(
            String name,
            DiskCosts costs,
            Kernel kernel,
            Cores cores,
            SharedDevice device,
            Choices choices,
            Completions completions) {
        this.costs = costs;
        this.kernel = kernel;
        this.cores = cores;
        this.device = device;
        this.completions = completions;
        this.process = kernel.register(this);
        this.fates = new Fates(name, costs.tearsSectors(), choices);
        this.contentFlush = new Course("sync " + name, costs.sync(), choices);
        this.nameFlush = new Course("directory sync " + name, costs.directorySync(), choices);
        this.defects = new Defects(fates, new Errors(name, costs.errorProbability(), choices));
        this.files = new FileSystem(costs, fates, defects);
    }

    /** Bytes handed to the device, in whole sectors. */
    public long bytesWritten() {
        return files.bytesWritten();
    }

    // ---- what is asked

    /** As promised; the content is copied. A file holds 2 GiB at most, more is {@code NO_SPACE}. */
    @Override
    public void write(long token, String file, long offset, byte[] content) {
        if (offset < 0) {
            throw new IllegalArgumentException("an offset must not be negative: " + offset);
        }
        ask(new Write(token, file, offset, content.clone()));
    }

    @Override
    public void sync(long token, String file) {
        ask(new Sync(token, file));
    }

    @Override
    public void rename(long token, String from, String to) {
        ask(new Rename(token, from, to));
    }

    @Override
    public void delete(long token, String file) {
        ask(new Delete(token, file));
    }

    @Override
    public void syncDirectory(long token) {
        ask(new SyncDirectory(token));
    }

    @Override
    public void read(long token, String file) {
        ask(new Read(token, file));
    }

    @Override
    public void list(long token) {
        ask(new ListNames(token));
    }

    private void ask(Operation operation) {
        waiting.add(new Asked(operation));
        if (inProgress == null) {
            beginNext();
        }
    }

    private void beginNext() {
        Asked next = waiting.poll();
        inProgress = next;
        if (next != null) {
            long nanos = defects.nanos(nanos(next.operation));
            long end =
                    isCall(next.operation) ? cores.done(kernel.now(), nanos) : kernel.now() + nanos;
            ticket = kernel.schedule(end, process, 0, next.operation.token(), null);
        }
    }

    /** Whether the processor does it, and not the device. */
    private static boolean isCall(Operation operation) {
        return switch (operation) {
            case Write _, Rename _, Delete _, ListNames _ -> true;
            case Sync _, SyncDirectory _, Read _ -> false;
        };
    }

    private long nanos(Operation operation) {
        return switch (operation) {
            case Write write -> costs.writeNanos(write.content().length);
            case Sync sync -> {
                Content content = files.find(sync.file());
                yield defects.lies() || content == null
                        ? costs.operationNanos()
                        : device.sync(
                                kernel.now(),
                                contentFlush.at(kernel.now())
                                        + costs.deviceNanos(
                                                (long) content.dirtySectors() * Layer.SECTOR));
            }
            case SyncDirectory _ ->
                    defects.lies()
                            ? costs.operationNanos()
                            : device.sync(kernel.now(), nameFlush.at(kernel.now()));
            case Read read -> {
                Content content = files.find(read.file());
                yield content == null ? costs.operationNanos() : costs.readNanos(content.length());
            }
            case Rename _, Delete _, ListNames _ -> costs.operationNanos();
        };
    }

    // ---- what is done

    @Override
    public void on(int kind, long argument, @Nullable Object payload) {
        Asked done = inProgress;
        if (done == null) {
            throw new IllegalStateException("the disk finished what it had not begun");
        }
        perform(done);
        beginNext();
    }

    private void perform(Asked asked) {
        switch (asked.operation) {
            case Write(long _, String file, long offset, byte[] content) ->
                    answer(asked, files.write(file, offset, content));
            case Sync(long _, String file) -> answer(asked, files.sync(file));
            case Rename(long _, String from, String to) -> answer(asked, files.rename(from, to));
            case Delete(long _, String file) -> answer(asked, files.delete(file));
            case SyncDirectory _ -> answer(asked, files.syncDirectory());
            case Read read -> read(asked, read);
            case ListNames list -> {
                if (!asked.silent) {
                    completions.listed(list.token(), files.names());
                }
            }
        }
    }

    private void answer(Asked asked, @Nullable StorageError refused) {
        if (asked.silent) {
            return;
        }
        long token = asked.operation.token();
        if (refused != null) {
            completions.failed(token, refused);
        } else if (asked.operation instanceof Sync || asked.operation instanceof SyncDirectory) {
            completions.synced(token);
        } else {
            completions.written(token);
        }
    }

    private void read(Asked asked, Read read) {
        Content content = files.find(read.file());
        if (asked.silent) {
            return;
        }
        if (content == null) {
            completions.failed(read.token(), StorageError.NOT_FOUND);
        } else if (defects.fails()) {
            completions.failed(read.token(), StorageError.IO_ERROR);
        } else {
            completions.fetched(read.token(), content.read());
        }
    }

    // ---- what goes wrong

    /** How often something went otherwise on this disk so far, in the way of a fault. */
    public long effects(Fault.OfDisk fault) {
        return defects.effects(fault);
    }

    /**
     * A fault strikes. While it lasts syncs are answered without being done, there is no space,
     * operations that begin take longer, or reads and syncs fail, beside those that fail on the
     * disk itself. Writes of sectors are acknowledged and not done, or land elsewhere in their file
     * (in one of one sector, nowhere), but for some that are spared. Rot of a sector and the loss
     * of a file's end happen at once, and last.
     */
    public void strike(Fault.OfDisk fault) {
        boolean doesSomething =
                switch (fault) {
                    case Fault.SectorRot _ -> files.rot();
                    case Fault.Truncation _ -> files.truncate();
                    case Fault.LyingSync _,
                            Fault.DiskFull _,
                            Fault.SlowDisk _,
                            Fault.DiskError _,
                            Fault.LostSectorWrites _,
                            Fault.MisdirectedWrites _ ->
                            true;
                };
        if (doesSomething) {
            defects.begin(fault);
        }
    }

    /** A fault is healed; as often as it began, it must end. */
    public void heal(Fault.OfDisk fault) {
        defects.end(fault);
    }

    /**
     * The process that asked is gone: nobody is told any more. The operation in progress is done;
     * of those that wait, the last ones are dropped, as many as the choices say; calmly none.
     */
    public void processCrash() {
        while (!waiting.isEmpty() && fates.drops()) {
            waiting.removeLast();
        }
        waiting.forEach(asked -> asked.silent = true);
        if (inProgress != null) {
            inProgress.silent = true;
        }
    }

    /**
     * The operating system restarts: the page cache is lost, the device's cache is not. Returns
     * what was lost.
     */
    public DiskLoss warmReset() {
        stop();
        return files.losePageCache();
    }

    /**
     * Power is lost, and with it what was in the page cache and in an unprotected device cache.
     * Returns what was lost.
     */
    public DiskLoss powerLoss() {
        stop();
        return files.loseCaches();
    }

    /** Nobody is told any more; what waits is not done, what was in progress perhaps is. */
    private void stop() {
        waiting.clear();
        Asked interrupted = inProgress;
        inProgress = null;
        if (interrupted != null) {
            kernel.cancel(ticket);
            interrupted.silent = true;
            if (fates.finishesInFlight()) {
                perform(interrupted);
            }
        }
    }

    /** An empty disk takes this one's place. */
    public void permanentLoss() {
        waiting.clear();
        if (inProgress != null) {
            kernel.cancel(ticket);
            inProgress = null;
        }
        files.erase();
    }
}
