package cairn.part.view;

import cairn.model.NodeId;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses who runs an application and who stands by, and chooses again when a watchdog takes one of
 * them for failed. A wrong suspicion costs time only, if whoever is asked obeys the newest term.
 */
public final class Succession {

    private final List<NodeId> hosts;
    private final int degree;
    private final Watchdog watchdog;
    private final ViewRules rules;

    /** Of these hosts one runs the application, and so many stand by. */
    public Succession(List<NodeId> hosts, int degree, Watchdog watchdog, ViewRules rules) {
        this.hosts = List.copyOf(hosts);
        this.degree = degree;
        this.watchdog = watchdog;
        this.rules = rules;
    }

    /** The view as it should be now; the same if that is as it is. */
    public View next(View view) {
        NodeId primary = view.primary();
        int incarnation = view.incarnation();
        long term = view.term();
        if (term == 0 || !watchdog.isWell(primary, incarnation)) {
            List<NodeId> candidates = wellOf(view.backups());
            candidates.addAll(wellOf(hosts));
            if (candidates.isEmpty()) {
                return view;
            }
            primary = candidates.getFirst();
            incarnation = watchdog.incarnation(primary);
            term++;
        }
        List<NodeId> backups = backups(view, primary);
        boolean same = term == view.term() && backups.equals(view.backups());
        return same ? view : new View(view.version() + 1, term, primary, incarnation, backups);
    }

    private List<NodeId> wellOf(List<NodeId> some) {
        return new ArrayList<>(some.stream().filter(watchdog::isWell).toList());
    }

    /** Those that stand by and are well, and others in the place of those that are not. */
    private List<NodeId> backups(View view, NodeId primary) {
        List<NodeId> backups = wellOf(view.backups());
        backups.remove(primary);
        for (NodeId host : wellOf(hosts)) {
            if (backups.size() < degree
                    && !host.equals(primary)
                    && !backups.contains(host)
                    && rules.recruits(view)) {
                backups.add(host);
            }
        }
        return backups;
    }
}
