package cairn.protocol.differential;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Outbox;
import cairn.part.CheckpointFiles;
import cairn.part.Image;
import cairn.part.StableFile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Two chains of files, each a full image and a differential one: while one chain begins anew the
 * other one stays, so at any time one of them is whole (PA-3).
 */
final class ChainFiles implements CheckpointFiles {

    /** What the images are of: there is one memory. */
    private static final long OWNER = 0;

    private static final long RETRY_NANOS = 1_000_000;

    private final Rules rules;
    private final CpuCosts costs;
    private final Chain chain;
    private final List<StableFile> fulls = files("full", 0);
    private final List<StableFile> differentials = files("differential", 2);
    private final @Nullable Image[] found = new Image[4];
    private StableFile file = fulls.getFirst();
    private @Nullable Image image;
    private int reading;
    private int current;
    private Epoch newest = Epoch.ZERO;
    private Epoch needs = Epoch.ZERO;
    private Epoch oldest = new Epoch(1);

    ChainFiles(DifferentialSettings settings, CpuCosts costs, Rules rules) {
        this.rules = rules;
        this.costs = costs;
        chain = new Chain(settings.fullEvery());
    }

    private static List<StableFile> files(String kind, int first) {
        List<StableFile> files = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            files.add(
                    new StableFile(
                            kind + "-" + i, (long) (first + i) * StableFile.TOKENS, RETRY_NANOS));
        }
        return files;
    }

    @Override
    public void restore(Outbox<?> out) {
        file.read(out);
    }

    @Override
    public Progress on(Event.OfDisk<?> event, Outbox<?> out) {
        return switch (file.on(event, out)) {
            case ABSENT -> readNext(out);
            case READ -> read(file.content(), out);
            case WRITTEN -> Progress.WRITTEN;
            case BROKEN -> Progress.BROKEN;
            case UNDER_WAY -> Progress.UNDER_WAY;
        };
    }

    private Progress read(byte[] content, Outbox<?> out) {
        out.spend(costs.checksumNanos(content.length));
        found[reading] = Image.read(OWNER, content);
        return found[reading] == null ? Progress.DAMAGED : readNext(out);
    }

    private Progress readNext(Outbox<?> out) {
        reading++;
        if (reading == found.length) {
            return putInPlace(out);
        }
        file = reading < 2 ? fulls.get(reading) : differentials.get(reading - 2);
        file.read(out);
        return Progress.UNDER_WAY;
    }

    /** The newest epoch of a chain; zero if there is none. */
    private Epoch newest(int which) {
        Image full = found[which];
        Image differential = found[2 + which];
        if (full == null) {
            return Epoch.ZERO;
        }
        return differential != null
                        && rules.fits(differential.base(), full.epoch())
                        && differential.epoch().isAfter(full.epoch())
                ? differential.epoch()
                : full.epoch();
    }

    private Progress putInPlace(Outbox<?> out) {
        current = newest(1).isAfter(newest(0)) ? 1 : 0;
        Image full = found[current];
        Image differential = found[2 + current];
        if (full == null) {
            return Progress.NONE;
        }
        full.restoreInto(out.memory());
        out.spend(costs.memcpyNanos(full.size()));
        if (differential != null && rules.fits(differential.base(), full.epoch())) {
            differential.restoreInto(out.memory());
            out.spend(costs.memcpyNanos(differential.size()));
        }
        Image former = found[1 - current];
        oldest = former == null ? oldest : former.epoch();
        newest = newest(current);
        needs = full.epoch();
        return Progress.RESTORED;
    }

    @Override
    public void stored(int page) {
        chain.stored(page);
    }

    @Override
    public void cut(Epoch epoch, Outbox<?> out) {
        boolean isFull = chain.isFullDue();
        Image taken = chain.next(OWNER, epoch, out.memory());
        out.spend(costs.memcpyNanos(taken.size()) + costs.checksumNanos(taken.size()));
        if (isFull) {
            out.memory().protectAll();
            out.spend(costs.protectPageNanos() * out.memory().pageCount());
            current = 1 - current;
        }
        file = isFull ? fulls.get(current) : differentials.get(current);
        image = taken;
    }

    @Override
    public void write(Outbox<?> out) {
        if (image == null) {
            throw new IllegalStateException("nothing was cut");
        }
        file.write(image.bytes(), out);
        newest = image.epoch();
        needs = image.base();
        image = null;
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
        return needs;
    }

    @Override
    public Epoch oldest() {
        return oldest;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
