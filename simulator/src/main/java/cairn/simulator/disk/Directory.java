package cairn.simulator.disk;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The names of a disk's files, durable apart from their contents.
 *
 * <p>Changes that were not synced survive in the order in which they were made, as in a file system
 * with a journal: the first ones up to some point, which is asked of the choices.
 */
final class Directory {

    private TreeMap<String, Content> names = new TreeMap<>();
    private final TreeMap<String, Content> durable = new TreeMap<>();
    private final List<Change> page = new ArrayList<>();
    private final List<Change> cache = new ArrayList<>();

    @Nullable Content find(String name) {
        return names.get(name);
    }

    List<String> names() {
        return List.copyOf(names.keySet());
    }

    Collection<Content> contents() {
        return names.values();
    }

    void change(Change change) {
        change.apply(names);
        page.add(change);
    }

    /** Hands all changes to the device. */
    void writeBack() {
        cache.addAll(page);
        page.clear();
    }

    /** Makes what the device holds durable. */
    void flush() {
        cache.forEach(change -> change.apply(durable));
        cache.clear();
    }

    /** Returns how many changes are lost. */
    int losePageCache(Fates fates) {
        List<Change> kept = survivors(page, fates);
        int lost = page.size() - kept.size();
        cache.addAll(kept);
        page.clear();
        names = new TreeMap<>(durable);
        cache.forEach(change -> change.apply(names));
        return lost;
    }

    /** Returns how many changes are lost. */
    int loseCaches(Fates fates) {
        writeBack();
        List<Change> kept = survivors(cache, fates);
        int lost = cache.size() - kept.size();
        kept.forEach(change -> change.apply(durable));
        cache.clear();
        names = new TreeMap<>(durable);
        return lost;
    }

    private static List<Change> survivors(List<Change> changes, Fates fates) {
        int kept = 0;
        while (kept < changes.size() && fates.keepsChange()) {
            kept++;
        }
        return changes.subList(0, kept);
    }

    void erase() {
        names.clear();
        durable.clear();
        page.clear();
        cache.clear();
    }
}
