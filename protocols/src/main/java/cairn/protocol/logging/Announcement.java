package cairn.protocol.logging;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.logging.LoggingMessage.Noted;
import cairn.protocol.logging.LoggingMessage.Restored;

import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rank that begins a life announces it to all others until each has answered; and answers those
 * that begin one. Both say what they have of each other's messages, so that what was lost is sent
 * again, and where their earlier lives ended, so that whoever depends on more goes back.
 */
final class Announcement {

    private final int self;
    private final int ranks;
    private final Lives lives;
    private final Links links;
    private final Scheme scheme;
    private final Rules rules;
    private final BitSet unanswered = new BitSet();

    /** Of which lives each rank knew when it answered last. */
    private final SortedMap<Integer, List<Long>> answers = new TreeMap<>();

    Announcement(int self, int ranks, Lives lives, Links links, Scheme scheme, Rules rules) {
        this.self = self;
        this.ranks = ranks;
        this.lives = lives;
        this.links = links;
        this.scheme = scheme;
        this.rules = rules;
    }

    /** Nobody knows anything of the first life, so nobody is asked. */
    void begin(Outbox<LoggingMessage> out) {
        for (int peer = 0; peer < ranks; peer++) {
            if (peer != self && lives.own() == 0) {
                links.open(peer, 0, out);
            } else if (peer != self) {
                unanswered.set(peer);
                say(peer, out);
            }
        }
    }

    /** The life ends, whether all have heard of it or not. */
    void end() {
        unanswered.clear();
        answers.clear();
    }

    void tick(Outbox<LoggingMessage> out) {
        if (rules.asksAgain()) {
            unanswered.stream().forEach(peer -> say(peer, out));
        }
    }

    private void say(int peer, Outbox<LoggingMessage> out) {
        var restored = new Restored(lives.own(), scheme.arrived(peer), scheme.past());
        out.send(new NodeId(peer), restored);
    }

    /** Another rank began a life. */
    void heard(int peer, Restored restored, Outbox<LoggingMessage> out) {
        if (restored.life() < lives.of(peer)) {
            return;
        }
        if (restored.life() > lives.of(peer)) {
            lives.learn(peer, restored.life());
            if (scheme.learn(peer, restored.past(), true, out)) {
                // It asks again, and is answered when this rank is itself back.
                return;
            }
            links.goBack(peer, restored.arrived(), out);
        }
        if (!scheme.isBorn()) {
            // What it says of itself may still be lost; the other rank asks again.
            return;
        }
        out.send(
                new NodeId(peer),
                new Noted(
                        restored.life(),
                        lives.all(),
                        scheme.arrived(peer),
                        scheme.of(peer),
                        scheme.past()));
    }

    /** Another rank answers. */
    void answered(int peer, Noted noted, Outbox<LoggingMessage> out) {
        long life = noted.lives().get(peer);
        if (noted.ofLife() != lives.own() || life < lives.of(peer)) {
            return;
        }
        boolean isNew = life > lives.of(peer);
        lives.learn(peer, life);
        if (scheme.learn(peer, noted.past(), isNew, out)) {
            return;
        }
        if (isNew) {
            links.goBack(peer, noted.arrived(), out);
        }
        if (unanswered.isEmpty()) {
            return;
        }
        if (answers.put(peer, noted.lives()) == null) {
            links.open(peer, noted.arrived(), out);
        }
        scheme.told(peer, noted.known());
        settle();
        if (unanswered.isEmpty()) {
            scheme.toldAll(out);
        }
    }

    /**
     * Whoever does not know of a life in which another rank has answered may still take a message
     * of the life before it, and come to hold more than it has said. It is asked again.
     */
    private void settle() {
        for (int peer = 0; peer < ranks; peer++) {
            List<Long> known = answers.get(peer);
            unanswered.set(peer, peer != self && (known == null || isOutdated(known)));
        }
    }

    private boolean isOutdated(List<Long> known) {
        return answers.entrySet().stream()
                .anyMatch(
                        other -> known.get(other.getKey()) < other.getValue().get(other.getKey()));
    }

    /** The first rank that has not answered, or -1. */
    int awaited() {
        return unanswered.nextSetBit(0);
    }
}
