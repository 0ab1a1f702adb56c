package cairn.model.property;

import cairn.model.Epoch;

import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Since when the checkpoints that are not yet acknowledged can be lost: what had struck when each
 * was sealed, or restored.
 *
 * <p>A checkpoint of several processes is of no use without any of its parts, so it is exposed from
 * the moment on at which the first of them was sealed: that one may be lost before the last is, and
 * whoever has heard that all are safe cannot know.
 */
final class Exposure {

    // Of each process, what had struck by then; who sealed first is first.
    private final NavigableMap<Epoch, SequencedMap<Integer, FaultCount.Counts>> parts =
            new TreeMap<>();

    /** The part of a process was sealed or restored, once more if it had been before. */
    void begins(int process, Epoch epoch, FaultCount.Counts mark) {
        parts.computeIfAbsent(epoch, _ -> new LinkedHashMap<>()).putLast(process, mark);
    }

    /**
     * Ends, for the process that acknowledges it, with what had struck when it began; with what has
     * struck by now if that process acknowledges it once more, and so promises anew.
     */
    FaultCount.Counts end(int process, Epoch epoch, FaultCount.Counts now) {
        var ofAll = parts.get(epoch);
        FaultCount.Counts mark =
                ofAll != null && ofAll.containsKey(process)
                        ? ofAll.sequencedValues().getFirst()
                        : now;
        NavigableMap<Epoch, SequencedMap<Integer, FaultCount.Counts>> passed =
                parts.headMap(epoch, true);
        passed.values().forEach(each -> each.remove(process));
        passed.values().removeIf(SequencedMap::isEmpty);
        return mark;
    }
}
