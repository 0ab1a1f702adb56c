package cairn.protocol.localdisk;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Outbox;
import cairn.part.CheckpointFiles;
import cairn.part.Image;
import cairn.part.StableFile;

import org.jspecify.annotations.Nullable;

/** All pages in one file; until a new one is durable the former one is there (DJ-8). */
final class WholeFile implements CheckpointFiles {

    /** What the image is of: there is one memory. */
    private static final long OWNER = 0;

    private static final long RETRY_NANOS = 1_000_000;

    private final CpuCosts costs;
    private final StableFile file = new StableFile("checkpoint", 0, RETRY_NANOS);
    private @Nullable Image image;
    private Epoch newest = Epoch.ZERO;

    WholeFile(CpuCosts costs) {
        this.costs = costs;
    }

    @Override
    public void restore(Outbox<?> out) {
        file.read(out);
    }

    @Override
    public void stored(int page) {
        throw new IllegalStateException("nothing is protected, but a store was noticed: " + page);
    }

    @Override
    public void cut(Epoch epoch, Outbox<?> out) {
        image = Image.full(OWNER, epoch, out.memory().snapshot());
        out.spend(costs.memcpyNanos(image.size()) + costs.checksumNanos(image.size()));
    }

    @Override
    public void write(Outbox<?> out) {
        if (image == null) {
            throw new IllegalStateException("nothing was cut");
        }
        file.write(image.bytes(), out);
        newest = image.epoch();
        image = null;
    }

    @Override
    public Progress on(Event.OfDisk<?> event, Outbox<?> out) {
        return switch (file.on(event, out)) {
            case ABSENT -> Progress.NONE;
            case READ -> read(file.content(), out);
            case WRITTEN -> Progress.WRITTEN;
            case BROKEN -> Progress.BROKEN;
            case UNDER_WAY -> Progress.UNDER_WAY;
        };
    }

    private Progress read(byte[] content, Outbox<?> out) {
        out.spend(costs.checksumNanos(content.length) + costs.memcpyNanos(content.length));
        Image found = Image.read(OWNER, content);
        if (found == null) {
            return Progress.DAMAGED;
        }
        found.restoreInto(out.memory());
        newest = found.epoch();
        return Progress.RESTORED;
    }

    @Override
    public void fired(long timer, Outbox<?> out) {
        file.fired(out);
    }

    @Override
    public boolean isBusy() {
        return file.isBusy();
    }

    @Override
    public Epoch newest() {
        return newest;
    }

    @Override
    public Epoch needs() {
        return newest;
    }

    /** The file that had the name before. */
    @Override
    public Epoch oldest() {
        return new Epoch(Math.max(1, newest.number() - 1));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
