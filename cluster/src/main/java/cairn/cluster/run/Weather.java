package cairn.cluster.run;

import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with each way between places, as all faults together have it. */
final class Weather {

    private static final LinkQuality CUT = new LinkQuality(1, 0, 0, 0, 0);

    private final int places;
    private final List<Fault> active = new ArrayList<>();

    Weather(int places) {
        this.places = places;
    }

    void strike(Fault fault) {
        active.add(fault);
    }

    void heal(Fault fault) {
        active.remove(fault);
    }

    /** What is wrong with the ways to a place, by where they come from. */
    Map<Integer, LinkQuality> to(int place) {
        Map<Integer, LinkQuality> bad = new HashMap<>();
        for (Fault fault : active) {
            switch (fault) {
                case Fault.Isolation(var node) -> {
                    for (int other = 0; other < places; other++) {
                        if (other != place && (other == node.index() || place == node.index())) {
                            add(bad, other, CUT);
                        }
                    }
                }
                case Fault.FalseSuspicion(var node) -> {
                    if (place != node.index()) {
                        add(bad, node.index(), CUT);
                    }
                }
                case Fault.LinkCut(var from, var to) -> {
                    if (to.index() == place) {
                        add(bad, from.index(), CUT);
                    } else if (from.index() == place) {
                        add(bad, to.index(), CUT);
                    }
                }
                case Fault.OneWayCut(var from, var to) -> {
                    if (to.index() == place) {
                        add(bad, from.index(), CUT);
                    }
                }
                case Fault.BadLink(var from, var to, var quality) -> {
                    if (to.index() == place) {
                        add(bad, from.index(), quality);
                    }
                }
                case Fault.OfNode _, Fault.OfLink _, Fault.OfDomain _ ->
                        throw new IllegalStateException("not of links: " + fault);
            }
        }
        return bad;
    }

    /** Two troubles of one way come together. */
    private static void add(Map<Integer, LinkQuality> bad, int from, LinkQuality quality) {
        bad.merge(
                from,
                quality,
                (one, other) ->
                        new LinkQuality(
                                Math.max(one.loss(), other.loss()),
                                Math.max(one.duplication(), other.duplication()),
                                Math.max(one.reordering(), other.reordering()),
                                Math.max(one.corruption(), other.corruption()),
                                one.extraDelayNanos() + other.extraDelayNanos(),
                                Math.min(one.bytesPerNano(), other.bytesPerNano())));
    }
}
