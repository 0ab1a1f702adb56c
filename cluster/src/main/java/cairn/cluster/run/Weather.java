package cairn.cluster.run;

import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with each way between places, as all faults together have it. */
final class Weather {

    private static final LinkQuality CUT = new LinkQuality(1, 0, 0, 0, 0);

    private final int places;
    private final List<Fault.OfNetwork> active = new ArrayList<>();
    private int changes;

    Weather(int places) {
        this.places = places;
    }

    void strike(Fault.OfNetwork fault) {
        active.add(fault);
        changes++;
    }

    void heal(Fault.OfNetwork fault) {
        active.remove(fault);
        changes++;
    }

    /** How often it changed. */
    int changes() {
        return changes;
    }

    /** What is wrong with the ways to a place, by where they come from. */
    Map<Integer, LinkQuality> to(int place) {
        Map<Integer, LinkQuality> bad = new HashMap<>();
        for (Fault.OfNetwork fault : active) {
            for (int from = 0; from < places; from++) {
                LinkQuality quality = from == place ? null : quality(fault, from, place);
                if (quality != null) {
                    bad.merge(from, quality, Weather::both);
                }
            }
        }
        return bad;
    }

    /** What a fault makes of the way from one place to another; null if that is as ever. */
    static @Nullable LinkQuality quality(Fault.OfNetwork fault, int origin, int target) {
        return switch (fault) {
            case Fault.Isolation(var node) ->
                    node.index() == origin || node.index() == target ? CUT : null;
            case Fault.FalseSuspicion(var node) -> node.index() == origin ? CUT : null;
            case Fault.LinkCut(var from, var to) ->
                    isWay(from, to, origin, target) || isWay(to, from, origin, target) ? CUT : null;
            case Fault.OneWayCut(var from, var to) -> isWay(from, to, origin, target) ? CUT : null;
            case Fault.BadLink(var from, var to, var quality) ->
                    isWay(from, to, origin, target) ? quality : null;
            case Fault.Misdelivery _, Fault.Flap _ ->
                    throw new IllegalStateException("not of real links: " + fault);
        };
    }

    private static boolean isWay(NodeId from, NodeId to, int origin, int target) {
        return from.index() == origin && to.index() == target;
    }

    /** Two troubles of one way come together. */
    private static LinkQuality both(LinkQuality one, LinkQuality other) {
        return new LinkQuality(
                Math.max(one.loss(), other.loss()),
                Math.max(one.duplication(), other.duplication()),
                Math.max(one.reordering(), other.reordering()),
                Math.max(one.corruption(), other.corruption()),
                one.extraDelayNanos() + other.extraDelayNanos(),
                Math.min(one.bytesPerNano(), other.bytesPerNano()));
    }
}
