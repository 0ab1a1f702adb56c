package cairn.simulator.disk;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;

/**
 * Asks what became of what was not safe when a cache was lost; calmly it is all gone.
 *
 * <p>Of each file's sectors none survives, or the first ones, or all, or each by itself: the common
 * cases and the strange ones are all likely.
 */
final class Fates {

    private static final int PERMILLE = 1000;
    private static final int MILLION = 1_000_000;

    private final boolean tears;
    private final Choice file;
    private final Choice share;
    private final Choice sector;
    private final Choice tear;
    private final Choice length;
    private final Choice change;
    private final Choice inFlight;
    private final Choice dropped;
    private final Choice spared;
    private final Choice elsewhere;
    private final Choice rotSector;
    private final Choice rotBit;
    private final Choice cutFile;

    private Survival survival = Survival.NONE;
    private int untilNext;

    private enum Survival {
        NONE,
        FIRST,
        ALL,
        EACH;

        private static final Survival[] VALUES = values();
    }

    Fates(String disk, boolean tears, Choices choices) {
        this.tears = tears;
        file = survives("file survives " + disk, new Law.Pick(4), choices);
        share = survives("permille survive " + disk, new Law.Pick(PERMILLE + 1), choices);
        sector = survives("sector survives " + disk, new Law.Pick(tears ? 3 : 2), choices);
        tear = survives("tear " + disk, new Law.Pick(Layer.SECTOR / 8 - 1), choices);
        length = survives("length survives " + disk, new Law.Chance(0.5), choices);
        change = survives("name survives " + disk, new Law.Chance(0.5), choices);
        inFlight = survives("operation in progress is done " + disk, new Law.Chance(0.5), choices);
        dropped = survives("operation is dropped " + disk, new Law.Chance(0.5), choices);
        spared = new Choice("sector write is spared " + disk, new Law.Chance(0.5), choices);
        elsewhere = new Choice("misdirected " + disk, new Law.Pick(MILLION), choices);
        rotSector = new Choice("rot sector " + disk, new Law.Pick(MILLION), choices);
        cutFile = new Choice("truncated file " + disk, new Law.Pick(MILLION), choices);
        rotBit = new Choice("rot bit " + disk, new Law.Pick(Layer.SECTOR * 8), choices);
    }

    private static Choice survives(String name, Law law, Choices choices) {
        return new Choice(name, new Law.Survives(law), choices);
    }

    /** Asks in which way the sectors of one file survive. */
    void begin(int sectors) {
        survival = sectors == 0 ? Survival.NONE : Survival.VALUES[(int) file.ask()];
        untilNext = survival == Survival.FIRST ? (int) (share.ask() * sectors / PERMILLE) : 0;
    }

    /** How many bytes of the file's next sector survive: none, all, or a part if it tears. */
    int keptBytes() {
        return switch (survival) {
            case NONE -> 0;
            case ALL -> Layer.SECTOR;
            case FIRST -> {
                int left = untilNext--;
                yield left > 0 ? Layer.SECTOR : left == 0 && tears ? tornBytes() : 0;
            }
            case EACH ->
                    switch ((int) sector.ask()) {
                        case 0 -> 0;
                        case 1 -> Layer.SECTOR;
                        default -> tornBytes();
                    };
        };
    }

    private int tornBytes() {
        return 8 * (1 + (int) tear.ask());
    }

    boolean keepsLength() {
        return length.happens();
    }

    /** Whether the next change of the directory survives. */
    boolean keepsChange() {
        return change.happens();
    }

    /** Whether the operation in progress was done, though nobody was told. */
    boolean finishesInFlight() {
        return inFlight.happens();
    }

    /** Whether the last of the operations that wait is never done. */
    boolean drops() {
        return dropped.happens();
    }

    /** Whether a disk that loses or misdirects sectors does this one right. */
    boolean spares() {
        return spared.happens();
    }

    /** Another sector of a file of at least two. */
    int otherThan(int own, int sectors) {
        int away = 1 + (int) (elsewhere.ask() * (sectors - 1) / MILLION);
        return (own + away) % sectors;
    }

    /** One of so many sectors. */
    long rottenSector(long sectors) {
        return rotSector.ask() * sectors / MILLION;
    }

    /** One of so many files. */
    long truncatedFile(long files) {
        return cutFile.ask() * files / MILLION;
    }

    int rottenBit() {
        return (int) rotBit.ask();
    }
}
