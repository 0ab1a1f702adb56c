package cairn.experiment.trial;

import cairn.model.verbs.Opcode;
import cairn.model.verbs.RemoteAccess;
import cairn.model.verbs.RemoteAddress;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;
import cairn.report.trace.TraceView;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Joins a work request with where it met memory, piece by piece, and with its completion. Pieces
 * are known by who asked, the operation and the key; requests of one key are carried out in their
 * order.
 */
final class WorkRequests {

    private record Target(String requester, Opcode operation, int key) {}

    private static final class Posted {
        private final int event;
        private final String name;
        private final long length;
        private long left;
        private int last;

        Posted(int event, String name, long length) {
            this.event = event;
            this.name = name;
            this.length = length;
            this.left = length;
            this.last = event;
        }
    }

    private final Map<Target, Deque<Posted>> waiting = new HashMap<>();
    private final Map<String, Posted> byName = new HashMap<>();

    void posted(TraceView view, int event, String role, @Nullable Object what) {
        if (!(what instanceof WorkRequest request)) {
            return;
        }
        var posted = new Posted(event, name(role, request.id()), length(request));
        view.follow(event, posted.name);
        byName.put(posted.name, posted);
        RemoteAddress target = target(request);
        if (target != null) {
            waiting.computeIfAbsent(
                            new Target(role, request.opcode(), target.rkey()),
                            _ -> new ArrayDeque<>())
                    .add(posted);
        }
    }

    void accessed(TraceView view, int event, String requester, RemoteAccess access) {
        Deque<Posted> queue = waiting.get(new Target(requester, access.operation(), access.key()));
        if (queue == null || queue.isEmpty()) {
            return;
        }
        Posted posted = queue.getFirst();
        view.arrow(posted.event, event);
        view.follow(event, posted.name);
        posted.last = event;
        posted.left -= access.length();
        if (posted.left <= 0 || posted.length == 0) {
            queue.removeFirst();
        }
    }

    void completed(TraceView view, int event, String role, @Nullable Object what) {
        if (!(what instanceof WorkCompletion completion)) {
            return;
        }
        Posted posted = byName.remove(name(role, completion.id()));
        if (posted != null) {
            view.arrow(posted.last, event);
            view.follow(event, posted.name);
            // One that failed leaves no claim to what others do later.
            waiting.values().forEach(queue -> queue.remove(posted));
        }
    }

    private static String name(String role, long id) {
        return "work request " + id + " of " + role;
    }

    /** Where it goes; a message goes to no place in memory that its sender knows. */
    private static @Nullable RemoteAddress target(WorkRequest request) {
        return switch (request) {
            case WorkRequest.Send _ -> null;
            case WorkRequest.Write write -> write.target();
            case WorkRequest.WriteWithImmediate write -> write.target();
            case WorkRequest.Read read -> read.source();
            case WorkRequest.CompareAndSwap swap -> swap.target();
            case WorkRequest.FetchAndAdd add -> add.target();
            case WorkRequest.AtomicWrite write -> write.target();
            case WorkRequest.Flush flush -> flush.target();
        };
    }

    private static long length(WorkRequest request) {
        return switch (request) {
            case WorkRequest.Send send -> send.payload().length();
            case WorkRequest.Write write -> write.payload().length();
            case WorkRequest.WriteWithImmediate write -> write.payload().length();
            case WorkRequest.Read read -> read.length();
            case WorkRequest.CompareAndSwap _,
                    WorkRequest.FetchAndAdd _,
                    WorkRequest.AtomicWrite _ ->
                    Long.BYTES;
            case WorkRequest.Flush flush -> flush.length();
        };
    }
}
