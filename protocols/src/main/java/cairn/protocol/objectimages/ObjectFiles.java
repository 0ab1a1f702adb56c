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
import java.util.Objects;
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

    // Tokens: the registry's; two of the directory; and from there on some for each object.
    private static final long LIST = StableFile.TOKENS;
    private static final long SYNC_NAMES = LIST + 1;
    private static final long OBJECTS = 2 * StableFile.TOKENS;

    private final int objectPages;
    private final CpuCosts costs;
    private final Rules rules;
    private final StableFile registryFile = new StableFile(REGISTRY, 0, RETRY_NANOS);
    private final BitSet changed = new BitSet();
    private List<ImageName> found = List.of();
    private final NavigableMap<Integer, Epoch> newestFound = new TreeMap<>();
    private Registry registry = Registry.NONE;
    private Registry former = Registry.NONE;
    private @Nullable Registry next;
    private final NavigableMap<Integer, Image> images = new TreeMap<>();
    // Objects whose files are yet to be read, or to become durable.
    private final BitSet awaited = new BitSet();
    private boolean busy;

    /** What a disk is asked to do with the image of an object. */
    private enum Step {
        READ,
        WRITE,
        SYNC,
        DELETE;

        private static final List<Step> ALL = List.of(values());

        long token(int object) {
            return OBJECTS + (long) object * ALL.size() + ALL.indexOf(this);
        }

        static Step of(long token) {
            return ALL.get((int) ((token - OBJECTS) % ALL.size()));
        }

        static int object(long token) {
            return Math.toIntExact((token - OBJECTS) / ALL.size());
        }
    }

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

    private ImageName name(int object, Epoch image) {
        return new ImageName(object, rules.fileOf(image));
    }

    // ---- restoring

    @Override
    public void restore(Outbox<?> out) {
        busy = true;
        out.disk().list(LIST);
    }

    private void listed(List<String> files) {
        found = files.stream().map(ImageName::of).filter(Objects::nonNull).toList();
        found.forEach(name -> newestFound.merge(name.object(), name.epoch(), ObjectFiles::newer));
    }

    private static Epoch newer(Epoch one, Epoch other) {
        return one.isAfter(other) ? one : other;
    }

    private Progress read(byte[] file, Outbox<?> out) {
        Registry read = Registry.read(file, objects(out.memory()));
        if (read == null) {
            return Progress.DAMAGED;
        }
        registry = read;
        collectUnnamed(out);
        awaited.set(0, read.images().size());
        for (int object = 0; object < read.images().size(); object++) {
            readImage(object, out);
        }
        return Progress.UNDER_WAY;
    }

    private Epoch wanted(int object) {
        return rules.chosen(
                registry.images().get(object), newestFound.getOrDefault(object, Epoch.ZERO));
    }

    private void readImage(int object, Outbox<?> out) {
        out.disk().read(Step.READ.token(object), name(object, wanted(object)).toString());
    }

    private Progress restore(int object, byte[] file, Outbox<?> out) {
        out.spend(costs.checksumNanos(file.length) + costs.memcpyNanos(file.length));
        Image image = Image.read(object, file);
        if (image == null || !rules.isIt(image.epoch(), wanted(object))) {
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
    private void collectUnnamed(Outbox<?> out) {
        for (ImageName name : found) {
            int object = name.object();
            Epoch named = object < registry.images().size() ? wanted(object) : Epoch.ZERO;
            if (!name.equals(name(object, named))) {
                delete(name, out);
            }
        }
    }

    private static void delete(ImageName name, Outbox<?> out) {
        out.disk().delete(Step.DELETE.token(name.object()), name.toString());
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
        if (registry.equals(Registry.NONE)) {
            registry = new Registry(Epoch.ZERO, Collections.nCopies(objects, Epoch.ZERO));
            changed.set(0, objects);
        }
        former = registry;
        next = registry.next(epoch, changed);
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
        String name = name(object, image.epoch()).toString();
        out.disk().write(Step.WRITE.token(object), name, 0, image.bytes());
    }

    private void durable(int object, Outbox<?> out) {
        awaited.clear(object);
        if (awaited.isEmpty()) {
            out.disk().syncDirectory(SYNC_NAMES);
        }
    }

    private Registry committing() {
        if (next == null) {
            throw new IllegalStateException("nothing was cut");
        }
        return next;
    }

    private void commit(Outbox<?> out) {
        registryFile.write(committing().bytes(), out);
    }

    private Progress committed(Outbox<?> out) {
        registry = committing();
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
                delete(name(object, replaced), out);
            }
        }
    }

    // ---- the disk

    @Override
    public Progress on(Event.OfDisk<?> event, Outbox<?> out) {
        if (registryFile.owns(event.token())) {
            return switch (registryFile.on(event, out)) {
                case ABSENT -> {
                    collectUnnamed(out);
                    busy = false;
                    yield Progress.NONE;
                }
                case READ -> read(registryFile.content(), out);
                case WRITTEN -> committed(out);
                case BROKEN -> Progress.BROKEN;
                case UNDER_WAY -> Progress.UNDER_WAY;
            };
        }
        if (event instanceof Event.Listed<?>(long _, List<String> files)) {
            listed(files);
            registryFile.read(out);
            return Progress.UNDER_WAY;
        }
        if (event.token() == SYNC_NAMES) {
            if (event instanceof Event.StoreFailed<?>) {
                return Progress.BROKEN;
            }
            commit(out);
            return Progress.UNDER_WAY;
        }
        int object = Step.object(event.token());
        Step step = Step.of(event.token());
        if (event instanceof Event.StoreFailed<?>(long _, StorageError error)) {
            return failed(object, step, error, out);
        }
        return event instanceof Event.Fetched<?>(long _, byte[] file)
                ? restore(object, file, out)
                : done(object, step, out);
    }

    private static Progress failed(int object, Step step, StorageError error, Outbox<?> out) {
        return switch (step) {
            case READ -> error == StorageError.NOT_FOUND ? Progress.DAMAGED : retry(object, out);
            case WRITE -> retry(object, out);
            case SYNC -> Progress.BROKEN;
            // It was not there any more.
            case DELETE -> Progress.UNDER_WAY;
        };
    }

    private static Progress retry(int object, Outbox<?> out) {
        out.arm(Step.READ.token(object), RETRY_NANOS);
        return Progress.UNDER_WAY;
    }

    private Progress done(int object, Step step, Outbox<?> out) {
        switch (step) {
            case READ -> throw new IllegalStateException("read, and nothing fetched: " + object);
            case WRITE -> {
                if (rules.namesWhatIsDurable()) {
                    String name = name(object, committing().epoch()).toString();
                    out.disk().sync(Step.SYNC.token(object), name);
                } else {
                    durable(object, out);
                }
            }
            case SYNC -> durable(object, out);
            case DELETE -> {
                // Nobody waits for that.
            }
        }
        return Progress.UNDER_WAY;
    }

    @Override
    public void fired(long timer, Outbox<?> out) {
        if (registryFile.owns(timer)) {
            registryFile.fired(out);
            return;
        }
        int object = Step.object(timer);
        Image image = images.get(object);
        if (image != null) {
            writeImage(object, image, out);
        } else {
            readImage(object, out);
        }
    }

    @Override
    public boolean isBusy() {
        return busy;
    }

    @Override
    public Epoch newest() {
        return registry.epoch();
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
