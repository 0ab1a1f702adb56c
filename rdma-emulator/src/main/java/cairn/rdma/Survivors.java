package cairn.rdma;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;

/**
 * Which bytes outlive a fault although nothing had made them safe. Calmly none: a run without
 * remarkable answers loses exactly what was not inside the persistence domain. Otherwise all, whole
 * lines or packets, or single 8-byte words; a word is never torn (the power-fail atomic unit).
 */
final class Survivors {

    private static final int NONE = 0;
    private static final int ALL = 1;
    private static final int PIECES = 2;

    private final Choice cacheExtent;
    private final Choice cacheLine;
    private final Choice cacheWords;
    private final Choice transitExtent;
    private final Choice transitPiece;
    private final Choice transitWords;
    private final Choice writeBack;
    private long cacheMode = NONE;
    private long transitMode = NONE;

    Survivors(String name, Choices choices) {
        cacheExtent = choice(name + " cache outlives fault", new Law.Pick(4), choices);
        cacheLine = choice(name + " cache line outlives fault", new Law.Chance(0.5), choices);
        cacheWords = choice(name + " cache words outlive fault", new Law.Pick(256), choices);
        transitExtent = choice(name + " transit outlives fault", new Law.Pick(4), choices);
        transitPiece = choice(name + " packet outlives fault", new Law.Chance(0.5), choices);
        transitWords = choice(name + " packet words outlive fault", new Law.Pick(256), choices);
        writeBack = choice(name + " write-back outruns fault", new Law.Chance(0.5), choices);
    }

    private static Choice choice(String name, Law law, Choices choices) {
        return new Choice(name, new Law.Survives(law), choices);
    }

    void beginCache() {
        cacheMode = cacheExtent.ask();
    }

    void beginTransit() {
        transitMode = transitExtent.ask();
    }

    boolean writeBackHappened() {
        return writeBack.happens();
    }

    /** The eight words of a dirty cache line that survive, as bits. */
    int wordsOfLine() {
        if (cacheMode == NONE) {
            return 0;
        }
        if (cacheMode == ALL) {
            return 0xFF;
        }
        if (cacheMode == PIECES) {
            return cacheLine.happens() ? 0xFF : 0;
        }
        return (int) cacheWords.ask();
    }

    /** Whether words of a packet are asked for one by one. */
    boolean tearsPackets() {
        return transitMode > PIECES;
    }

    /** Whether a packet survives as a whole. */
    boolean packet() {
        return transitMode == ALL || (transitMode == PIECES && transitPiece.happens());
    }

    /** Eight words of a packet that survive, as bits. */
    int wordsOfPacket() {
        return (int) transitWords.ask();
    }
}
