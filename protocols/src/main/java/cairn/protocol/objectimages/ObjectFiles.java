package cairn.protocol.objectimages;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.model.storage.StorageError;
import cairn.part.CheckpointFiles;
import cairn.part.Image;
import cairn.part.StableFile;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A file for each image of an object, and the registry. A checkpoint is the registry's: images
 * beside those that it names are of a checkpoint that never came to be, or garbage (PA-4).
 *
 * <pre>
 * object-7-12    the image of object 7 as of checkpoint 12
 * registry       of the newest checkpoint, replaced as a whole
 * </pre>
 */
final class ObjectFiles implements CheckpointFiles {

    private static final long RETRY_NANOS = 1_000_000;
    private static final String REGISTRY = "registry";
    private static final String IMAGE = "object-";

    // Tokens: the registry's; two of the directory; and from there on four for each object.
    private static final long LIST = StableFile.TOKENS;
    private static final long SYNC_NAMES = LIST + 1;
    private static final long OBJECTS = 2 * StableFile.TOKENS;
    private static final int STEPS = 4;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int SYNC = 2;
    private static final int DELETE = 3;

    private final int objectPages;
    private final CpuCosts costs;
    private final Rules rules;
    private final StableFile registryFile = new StableFile(REGISTRY, 0, RETRY_NANOS);
    private final BitSet changed = new BitSet();
    private List<String> names = List.of();
    private @Nullable Registry registry;
    private @Nullable Registry next;
    private Registry former = new Registry(Epoch.ZERO, List.of());
    private final NavigableMap<Integer, Image> images = new TreeMap<>();
    // Objects whose files are yet to be read, or to become durable.
    private final BitSet awaited = new BitSet();
    private boolean busy;

    ObjectFiles(int objectPages, CpuCosts costs, Rules rules) {
        this.objectPages = objectPages;
        this.costs = costs;
        this.rules = rules;
    }

    private int objects(PagedMemory memory) {
        return Math.ceilDiv(memory.pageCount(), objectPages);
    }

    private BitSet pagesOf(int object, PagedMemory memory) {
        BitSet pages = new BitSet();
        pages.set(object * objectPages, Math.min((object + 1) * objectPages, memory.pageCount()));
        return pages;
    }

    private static String name(int object, Epoch file) {
        return IMAGE + object + "-" + file.number();
    }

    private static long token(int object, int step) {
        return OBJECTS + (long) object * STEPS + step;
    }

    // ---- restoring

    @Override
    public void restore(Outbox<?> out) {
        busy = true;
        out.disk().list(LIST);
    }

    private Progress read(byte[] file, Outbox<?> out) {
        Registry found = Registry.read(file, objects(out.memory()));
        if (found == null) {
            return Progress.DAMAGED;
        }
        registry = found;
        collectAllBut(found, out);
        awaited.set(0, found.images().size());
        for (int object = 0; object < found.images().size(); object++) {
            readImage(object, found, out);
        }
        return Progress.UNDER_WAY;
    }

    private Epoch wanted(int object, Registry from) {
        Epoch newest =
                names.stream()
                        .filter(name -> name.startsWith(IMAGE + object + "-"))
                        .map(name -> name.substring(name.lastIndexOf('-') + 1))
                        .map(number -> new Epoch(Long.parseLong(number)))
                        .max(Epoch::compareTo)
                        .orElse(Epoch.ZERO);
        return rules.chosen(from.images().get(object), newest);
    }

    private void readImage(int object, Registry from, Outbox<?> out) {
        out.disk().read(token(object, READ), name(object, rules.fileOf(wanted(object, from))));
    }

    private Progress readImage(int object, byte[] file, Registry from, Outbox<?> out) {
        out.spend(costs.checksumNanos(file.length) + costs.memcpyNanos(file.length));
        Image image = Image.read(object, file);
        if (image == null || !rules.isIt(image.epoch(), wanted(object, from))) {
            return Progress.DAMAGED;
        }
        image.restoreInto(out.memory());
        awaited.clear(object);
        if (!awaited.isEmpty()) {
            return Progress.UNDER_WAY;
        }
        out.memory().protectAll();
        out.spend(costs.protectPageNanos() * out.memory().pageCount());
        busy = false;
        return Progress.RESTORED;
    }

    /** Images of a checkpoint that never came to be, and those that a crash left as garbage. */
    private void collectAllBut(Registry kept, Outbox<?> out) {
        for (String name : names) {
            if (name.startsWith(IMAGE)) {
                int object =
                        Integer.parseInt(
                                name.substring(IMAGE.length(), name.indexOf('-', IMAGE.length())));
                Epoch epoch = object < kept.images().size() ? wanted(object, kept) : Epoch.ZERO;
                if (!name.equals(name(object, rules.fileOf(epoch)))) {
                    out.disk().delete(token(object, DELETE), name);
                }
            }
        }
    }

    // ---- writing

    @Override
    public void stored(int page) {
        changed.set(page / objectPages);
    }

    @Override
    public void cut(Epoch epoch, Outbox<?> out) {
        PagedMemory memory = out.memory();
        int objects = objects(memory);
        Registry before = registry;
        if (before == null) {
            before = new Registry(Epoch.ZERO, Collections.nCopies(objects, Epoch.ZERO));
            changed.set(0, objects);
        }
        former = before;
        next = before.next(epoch, changed);
        PagedMemory.Snapshot snapshot = memory.snapshot();
        changed.stream()
                .forEach(object -> images.put(object, image(object, epoch, memory, snapshot)));
        long bytes = images.values().stream().mapToLong(Image::size).sum();
        out.spend(costs.memcpyNanos(bytes) + costs.checksumNanos(bytes));
        if (rules.forgetsChangesAtCut()) {
            changed.clear();
        }
        memory.protectAll();
        out.spend(costs.protectPageNanos() * images.size() * objectPages);
    }

    private Image image(
            int object, Epoch epoch, PagedMemory memory, PagedMemory.Snapshot snapshot) {
        return Image.delta(
                object, epoch, Epoch.ZERO, snapshot, pagesOf(object, memory), new byte[0]);
    }

    @Override
    public void write(Outbox<?> out) {
        busy = true;
        images.forEach((object, image) -> {
            awaited.set(object);
            writeImage(object, image, out);
        });
        if (images.isEmpty()) {
            commit(out);
        }
        if (rules.mayCollect(false)) {
            collectFormer(out);
        }
    }

    private void writeImage(int object, Image image, Outbox<?> out) {
        String name = name(object, rules.fileOf(image.epoch()));
        out.disk().write(token(object, WRITE), name, 0, image.bytes());
    }

    private void durable(int object, Outbox<?> out) {
        awaited.clear(object);
        if (awaited.isEmpty()) {
            out.disk().syncDirectory(SYNC_NAMES);
        }
    }

    private void commit(Outbox<?> out) {
        if (next == null) {
            throw new IllegalStateException("nothing was cut");
        }
        registryFile.write(next.bytes(), out);
    }

    private Progress committed(Outbox<?> out) {
        registry = next;
        if (rules.mayCollect(true)) {
            collectFormer(out);
        }
        if (!rules.forgetsChangesAtCut()) {
            changed.clear();
        }
        images.clear();
        busy = false;
        return Progress.WRITTEN;
    }

    /** The images that the new ones replace. */
    private void collectFormer(Outbox<?> out) {
        for (int object : images.keySet()) {
            Epoch replaced = former.images().get(object);
            if (replaced.isAfter(Epoch.ZERO)) {
                out.disk().delete(token(object, DELETE), name(object, rules.fileOf(replaced)));
            }
        }
    }

    // ---- the disk

    @Override
    public Progress on(Event.OfDisk<?> event, Outbox<?> out) {
        if (registryFile.owns(event.token())) {
            return switch (registryFile.on(event, out)) {
                case ABSENT -> {
                    collectAllBut(former, out);
                    busy = false;
                    yield Progress.NONE;
                }
                case READ -> read(registryFile.content(), out);
                case WRITTEN -> committed(out);
                case BROKEN -> Progress.BROKEN;
                case UNDER_WAY -> Progress.UNDER_WAY;
            };
        }
        if (event instanceof Event.Listed<?>(long _, List<String> found)) {
            names = found;
            registryFile.read(out);
        } else if (event.token() == SYNC_NAMES) {
            if (event instanceof Event.StoreFailed<?>) {
                return Progress.BROKEN;
            }
            commit(out);
        } else {
            int object = Math.toIntExact((event.token() - OBJECTS) / STEPS);
            return onImage(object, (int) ((event.token() - OBJECTS) % STEPS), event, out);
        }
        return Progress.UNDER_WAY;
    }

    private Progress onImage(int object, int step, Event.OfDisk<?> event, Outbox<?> out) {
        Registry from = registry;
        if (event instanceof Event.Fetched<?>(long _, byte[] file) && from != null) {
            return readImage(object, file, from, out);
        }
        if (event instanceof Event.StoreFailed<?>(long _, StorageError error)) {
            return switch (step) {
                case READ ->
                        error == StorageError.NOT_FOUND ? Progress.DAMAGED : retry(object, out);
                case WRITE -> retry(object, out);
                case SYNC -> Progress.BROKEN;
                // It was not there any more.
                default -> Progress.UNDER_WAY;
            };
        }
        Registry committing = next;
        if (step == WRITE && rules.namesWhatIsDurable() && committing != null) {
            out.disk().sync(token(object, SYNC), name(object, rules.fileOf(committing.epoch())));
        } else if (step == WRITE || step == SYNC) {
            durable(object, out);
        }
        return Progress.UNDER_WAY;
    }

    private static Progress retry(int object, Outbox<?> out) {
        out.arm(token(object, READ), RETRY_NANOS);
        return Progress.UNDER_WAY;
    }

    @Override
    public void fired(long timer, Outbox<?> out) {
        if (registryFile.owns(timer)) {
            registryFile.fired(out);
            return;
        }
        int object = Math.toIntExact((timer - OBJECTS) / STEPS);
        Image image = images.get(object);
        Registry from = registry;
        if (image != null) {
            writeImage(object, image, out);
        } else if (from != null) {
            readImage(object, from, out);
        }
    }

    @Override
    public boolean isBusy() {
        return busy;
    }

    private Registry current() {
        return registry == null ? former : registry;
    }

    @Override
    public Epoch newest() {
        return current().epoch();
    }

    /** No checkpoint but the newest: its registry names images of others, which are kept. */
    @Override
    public Epoch needs() {
        return newest();
    }

    /** The registry that had the name before. */
    @Override
    public Epoch oldest() {
        return new Epoch(Math.max(1, newest().number() - 1));
    }

    @Override
    public String toString() {
        return awaited.isEmpty() ? registryFile.toString() : "images of objects " + awaited;
    }
}
