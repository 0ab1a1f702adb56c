package cairn.experiment.trial;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.RemoteAccess;
import cairn.report.trace.Kind;
import cairn.report.trace.Place;
import cairn.report.trace.TraceView;
import cairn.simulator.Recorder;
import cairn.simulator.Trace.Step;
import cairn.simulator.disk.DiskLoss;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Draws a recorded run: gives each event its lane and kind, joins what was sent with what arrived,
 * and ties together what belongs to one request, checkpoint, work request or page.
 */
final class Drawing {

    private static final int PAGE_BYTES = 4096;
    private static final int MOST_PAGES = 8;

    // A page of more would be slow to open; the end of a run is what is asked about.
    private static final int MOST_EVENTS = 250_000;

    private final Recorder recorder;
    private final List<String> roles;
    private final long end;
    private final TraceView view;
    private final Messages messages = new Messages();
    private final WorkRequests work = new WorkRequests();
    private final SequencedMap<String, Long> open = new LinkedHashMap<>();
    private final Map<Integer, String> doing = new LinkedHashMap<>();
    private final Map<Cut, Integer> cuts = new LinkedHashMap<>();
    private boolean linesAreClaimed;

    /** A checkpoint of one process of the application. */
    private record Cut(int process, Epoch epoch) {
        /** As a reader follows it; a service has one process, and no rank. */
        String name() {
            return "checkpoint " + epoch + (process == 0 ? "" : " of rank " + process);
        }
    }

    private Drawing(Recorder recorder, List<String> roles, long end) {
        this.recorder = recorder;
        this.roles = roles;
        this.end = end;
        this.view = new TraceView(roles);
    }

    /** The drawing of a run that ended then. */
    static TraceView of(Recorder recorder, List<String> roles, long end) {
        return new Drawing(recorder, roles, end).draw();
    }

    private TraceView draw() {
        long latest = 0;
        for (int i = Math.max(0, recorder.size() - MOST_EVENTS); i < recorder.size(); i++) {
            // A claim that was held back bears its own time.
            latest = Math.max(latest, recorder.time(i));
            Step step = recorder.step(i);
            if (step != null) {
                step(i, latest, step);
            } else if (recorder.what(i) instanceof Observation observation) {
                observation(i, latest, observation);
            }
        }
        open.forEach((stretch, since) -> close(stretch, since, end));
        return view;
    }

    private void step(int i, long at, Step step) {
        int node = recorder.node(i);
        Object what = recorder.what(i);
        Place place =
                switch (step) {
                    case SENT, DELIVERED, FIRED, COMPUTED, PAUSED, RESUMED -> Place.PROCESS;
                    case POSTED, COMPLETED -> Place.NIC;
                    case PERSISTED -> Place.PERSISTENT_MEMORY;
                    case DISK -> Place.DISK;
                    case LOST -> what instanceof DiskLoss ? Place.DISK : Place.PERSISTENT_MEMORY;
                };
        Kind kind =
                switch (step) {
                    case SENT, DELIVERED -> Kind.MESSAGE;
                    case POSTED, COMPLETED -> Kind.RDMA;
                    case PERSISTED, DISK -> Kind.STORAGE;
                    case LOST -> Kind.FAULT;
                    case FIRED, COMPUTED, PAUSED, RESUMED -> Kind.TIMER;
                };
        int event = view.event(at, role(node), place, kind, text(i));
        followRequest(event, what);
        switch (step) {
            case SENT -> messages.sent(event, node, recorder.peer(i), what);
            case DELIVERED -> messages.delivered(view, event, node, what);
            case POSTED -> work.posted(view, event, role(node), what);
            case COMPLETED -> work.completed(view, event, role(node), what);
            case PAUSED -> start("paused", node, at);
            case RESUMED -> stop("paused", node, at);
            // These concern nobody else.
            case FIRED, COMPUTED, PERSISTED, DISK, LOST -> {}
        }
    }

    private void observation(int i, long at, Observation observation) {
        switch (observation) {
            case Observation.Booted booted -> {
                int node = booted.node().index();
                stop("down", node, at);
                view.event(at, role(node), Place.PROCESS, Kind.PROCESS, text(i));
            }
            case Observation.Ended ended -> {
                int node = ended.node().index();
                view.event(at, role(node), Place.PROCESS, Kind.PROCESS, text(i));
                stop(doing.remove(node), node, at);
                start("down", node, at);
            }
            case Observation.Claimed claimed -> claimed(i, at, claimed);
            case Observation.Invoked invoked ->
                    followRequest(client(i, at, invoked.request().client()), invoked.request());
            case Observation.Answered answered ->
                    followRequest(client(i, at, answered.response().client()), answered.response());
            case Observation.Released released -> {
                int event = client(i, at, released.node());
                followRequest(event, released.response());
                messages.sent(
                        event,
                        released.node().index(),
                        released.response().client().index(),
                        released.response());
            }
            case Observation.Accessed accessed -> accessed(i, at, accessed.access());
            case Observation.Struck struck -> fault(i, at, struck.fault(), true);
            case Observation.Healed healed -> fault(i, at, healed.fault(), false);
        }
    }

    private int client(int i, long at, NodeId node) {
        return view.event(at, role(node.index()), Place.PROCESS, Kind.CLIENT, text(i));
    }

    private void claimed(int i, long at, Observation.Claimed claimed) {
        int node = claimed.node().index();
        Fact fact = claimed.fact();
        if (fact instanceof Fact.Doing activity) {
            stop(doing.get(node), node, at);
            doing.put(node, activity.activity().name());
            start(activity.activity().name(), node, at);
        }
        int event = view.event(at, role(node), Place.PROCESS, kind(fact), text(i));
        Cut concerned = checkpoint(fact);
        if (concerned != null && !concerned.epoch().equals(Epoch.ZERO)) {
            view.follow(event, concerned.name());
        }
        if (fact instanceof Fact.Cut) {
            cuts.put(Objects.requireNonNull(concerned), event);
        } else if (fact instanceof Fact.Line line) {
            linesAreClaimed = true;
            var restored = new ArrayList<Cut>();
            for (int rank = 0; rank < line.epochs().size(); rank++) {
                restored.add(new Cut(rank, line.epochs().get(rank)));
            }
            recovered(event, "recovery line", restored);
        } else if (fact instanceof Fact.Resumed && concerned != null && !linesAreClaimed) {
            recovered(event, "recovered from " + concerned.epoch(), List.of(concerned));
        } else if (fact instanceof Fact.Applied applied) {
            view.follow(event, request(applied.client(), applied.number()));
        }
    }

    private void recovered(int event, String label, List<Cut> restored) {
        var line = new ArrayList<Integer>();
        line.add(event);
        restored.stream().filter(cuts::containsKey).map(cuts::get).forEach(line::add);
        if (line.size() > 1) {
            view.line(label, line);
        }
    }

    private static Kind kind(Fact fact) {
        if (fact instanceof Fact.Resumed || fact instanceof Fact.Line) {
            return Kind.RECOVERY;
        }
        return checkpoint(fact) == null ? Kind.CLAIM : Kind.CHECKPOINT;
    }

    /** The one checkpoint that a fact is about, if it is. */
    private static @Nullable Cut checkpoint(Fact fact) {
        if (fact instanceof Fact.Cut cut) {
            return new Cut(cut.process(), cut.epoch());
        } else if (fact instanceof Fact.Sealed sealed) {
            return new Cut(sealed.process(), sealed.epoch());
        } else if (fact instanceof Fact.Acknowledged acknowledged) {
            return new Cut(acknowledged.process(), acknowledged.epoch());
        } else if (fact instanceof Fact.Discarded discarded) {
            return new Cut(discarded.process(), discarded.epoch());
        }
        return fact instanceof Fact.Resumed resumed
                ? new Cut(resumed.process(), resumed.epoch())
                : null;
    }

    private void accessed(int i, long at, RemoteAccess access) {
        boolean persistent = access.kind() == MemoryKind.PERSISTENT;
        Place place = persistent ? Place.PERSISTENT_MEMORY : Place.MEMORY;
        String target = role(access.target().index());
        int event = view.event(at, target, place, Kind.RDMA, text(i));
        work.accessed(view, event, role(access.requester().index()), access);
        boolean bytes = access.operation() != Opcode.SEND && access.operation() != Opcode.FLUSH;
        if (access.applied() && bytes) {
            long first = access.address() / PAGE_BYTES;
            long last = (access.address() + Math.max(1, access.length()) - 1) / PAGE_BYTES;
            for (long page = first; page <= Math.min(last, first + MOST_PAGES - 1); page++) {
                view.follow(event, "page " + page + " of " + target + " " + access.kind());
            }
        }
    }

    private void fault(int i, long at, Fault fault, boolean struck) {
        List<NodeId> nodes =
                switch (fault) {
                    case Fault.OfNode ofNode -> List.of(ofNode.node());
                    case Fault.OfDomain ofDomain -> ofDomain.nodes();
                    case Fault.OfLink ofLink -> List.of(ofLink.from(), ofLink.to());
                };
        for (NodeId node : nodes) {
            Kind kind = struck ? Kind.FAULT : Kind.PROCESS;
            view.event(at, role(node.index()), Place.PROCESS, kind, text(i));
            String name = "fault " + fault;
            if (struck) {
                start(name, node.index(), at);
            } else {
                stop(name, node.index(), at);
            }
        }
    }

    private void start(String what, int node, long at) {
        open.putIfAbsent(node + " " + what, at);
    }

    private void stop(@Nullable String what, int node, long at) {
        String stretch = node + " " + what;
        Long since = open.remove(stretch);
        if (since != null) {
            close(stretch, since, at);
        }
    }

    private void close(String stretch, long since, long until) {
        int space = stretch.indexOf(' ');
        String machine = role(Integer.parseInt(stretch.substring(0, space)));
        view.span(machine, Place.PROCESS, since, until, stretch.substring(space + 1));
    }

    private void followRequest(int event, @Nullable Object what) {
        if (what instanceof Request request) {
            view.follow(event, request(request.client(), request.number()));
        } else if (what instanceof Response response) {
            view.follow(event, request(response.client(), response.number()));
        }
    }

    private String request(NodeId client, long number) {
        return "request " + number + " of " + role(client.index());
    }

    /** Without the name of the machine, which the lane has. */
    private String text(int i) {
        String text = recorder.text(i);
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(space).strip();
    }

    private String role(int node) {
        return roles.get(node);
    }
}
