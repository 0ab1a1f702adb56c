package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Acknowledgement;
import cairn.model.Activity;
import cairn.model.Application;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Promise;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;
import cairn.model.service.Operation;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Workload;
import cairn.model.verbs.Access;
import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.RemoteAccess;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A hand-made history, told step by step a microsecond apart, and judged. */
final class Story {

    static final NodeId PRIMARY = new NodeId(0);
    static final NodeId BACKUP = new NodeId(1);
    static final NodeId STORE = new NodeId(2);
    static final NodeId MANAGER = new NodeId(3);
    static final NodeId SECOND_MANAGER = new NodeId(4);
    static final NodeId CLIENT = new NodeId(5);
    static final NodeId OTHER_CLIENT = new NodeId(6);
    static final Till TILL = new Till(4);

    private final Court court;
    private final int[] incarnations = new int[16];
    private long now;

    /** A story judged by some properties, under a promise that covers power losses. */
    Story(String... ids) {
        this(promise(true), ids);
    }

    Story(Promise promise, String... ids) {
        this(promise, new Bounds(3, 1_000_000, 10_000), ids);
    }

    Story(Promise promise, Bounds bounds, String... ids) {
        court =
                new Court(
                        ids.length == 0
                                ? Properties.of(declaration(promise, bounds).application())
                                : Arrays.stream(ids).map(Properties::named).toList(),
                        declaration(promise, bounds));
    }

    static Declaration declaration(Promise promise, Bounds bounds) {
        return new Declaration(
                promise,
                new Application.Served(
                        TILL, new Workload(2, 1_000, new Workload.Loop.Closed(0), 1_000_000)),
                List.of(
                        "primary",
                        "backup-1",
                        "pmu-1",
                        "manager-1",
                        "manager-2",
                        "client-1",
                        "client-2"),
                List.of(PRIMARY, BACKUP),
                bounds);
    }

    static Promise promise(boolean holdsOutput) {
        Map<FaultKind, Integer> survives = new EnumMap<>(FaultKind.class);
        survives.put(FaultKind.PROCESS_CRASH, Promise.ANY);
        survives.put(FaultKind.POWER_LOSS, 1);
        survives.put(FaultKind.PAUSE, Promise.ANY);
        return new Promise(
                "survives one power loss", Acknowledgement.DURABLE, survives, holdsOutput);
    }

    Story on(Observation observation) {
        court.on(observation);
        return this;
    }

    private long tick() {
        now += 1000;
        return now;
    }

    long now() {
        return now;
    }

    Story later(long nanos) {
        now += nanos;
        return this;
    }

    Story boots(NodeId node) {
        return on(new Observation.Booted(tick(), node, incarnations[node.index()]));
    }

    Story ends(NodeId node) {
        return on(new Observation.Ended(tick(), node, incarnations[node.index()]++, "crash"));
    }

    Story strikes(Fault fault) {
        return on(new Observation.Struck(tick(), fault));
    }

    Story heals(Fault fault) {
        return on(new Observation.Healed(tick(), fault));
    }

    Story claims(NodeId node, Fact fact) {
        return claims(node, fact, 0);
    }

    Story claims(NodeId node, Fact fact, long digest) {
        return on(new Observation.Claimed(tick(), node, incarnations[node.index()], fact, digest));
    }

    Story resumes(NodeId node, long epoch, long digest) {
        return claims(node, new Fact.Resumed(new Epoch(epoch)), digest);
    }

    Story leads(NodeId node, long term) {
        return claims(node, new Fact.Leading(term)).does(node, Activity.USEFUL);
    }

    Story does(NodeId node, Activity activity) {
        return claims(node, new Fact.Doing(activity));
    }

    Story cuts(NodeId node, long epoch, long digest) {
        return claims(node, new Fact.Cut(new Epoch(epoch)), digest);
    }

    Story seals(NodeId node, long epoch) {
        return seals(node, epoch, epoch);
    }

    Story seals(NodeId node, long epoch, long needs) {
        return claims(node, new Fact.Sealed(new Epoch(epoch), new Epoch(needs)));
    }

    Story acknowledges(NodeId node, long epoch) {
        return claims(node, new Fact.Acknowledged(new Epoch(epoch)));
    }

    /** Holds a copy of what goes by the name "r". */
    Story holds(NodeId node, long epoch, long digest) {
        return claims(node, new Fact.Held("r", new Epoch(epoch), digest));
    }

    Story discards(NodeId node, long epoch) {
        return claims(node, new Fact.Discarded(new Epoch(epoch)));
    }

    /** Cut, sealed and acknowledged. */
    Story checkpoints(NodeId node, long epoch, long digest) {
        return cuts(node, epoch, digest).seals(node, epoch).acknowledges(node, epoch);
    }

    Story lays(String resource, long address, long length) {
        return claims(MANAGER, new Fact.Laid(STORE, resource, address, length));
    }

    Story removes(String resource) {
        return claims(MANAGER, new Fact.Removed(STORE, resource));
    }

    Story reads(Fact.Entry... entries) {
        return boots(STORE).claims(STORE, new Fact.Directory(STORE, 0, 65_536, List.of(entries)));
    }

    Story grants(NodeId holder, long term) {
        return grants(MANAGER, holder, term, Access.REMOTE_READ, Access.REMOTE_WRITE);
    }

    Story grants(NodeId manager, NodeId holder, long term, Access first, Access... more) {
        return claims(manager, new Fact.Granted(STORE, "r", holder, EnumSet.of(first, more), term));
    }

    Story revokes(NodeId manager, NodeId holder) {
        return claims(manager, new Fact.Revoked(STORE, "r", holder));
    }

    Story proves(NodeId requester) {
        return claims(STORE, new Fact.Authenticated(STORE, requester));
    }

    Story accesses(NodeId requester, Opcode operation, long address, long length) {
        return accesses(requester, operation, address, length, CompletionStatus.SUCCESS);
    }

    Story accesses(
            NodeId requester,
            Opcode operation,
            long address,
            long length,
            CompletionStatus status) {
        return on(
                new Observation.Accessed(
                        tick(),
                        new RemoteAccess(
                                requester,
                                STORE,
                                1,
                                7,
                                operation,
                                MemoryKind.PERSISTENT,
                                address,
                                length,
                                status,
                                status == CompletionStatus.SUCCESS ? length : 0)));
    }

    Story refuses(NodeId requester, Opcode operation, long moved) {
        return on(
                new Observation.Accessed(
                        tick(),
                        new RemoteAccess(
                                requester,
                                STORE,
                                1,
                                7,
                                operation,
                                MemoryKind.PERSISTENT,
                                0,
                                64,
                                CompletionStatus.REM_ACCESS_ERR,
                                moved)));
    }

    Story asks(NodeId client, long number, Operation operation) {
        long at = tick();
        return on(new Observation.Invoked(at, at, new Request(client, number, operation)));
    }

    Story executes(NodeId node, NodeId client, long number) {
        return claims(node, new Fact.Applied(client, number));
    }

    Story releases(NodeId node, NodeId client, long number, long result) {
        return on(
                new Observation.Released(
                        tick(),
                        node,
                        incarnations[node.index()],
                        new Response(client, number, false, result)));
    }

    Story learns(NodeId client, long number, long result) {
        return on(new Observation.Answered(tick(), new Response(client, number, false, result)));
    }

    boolean isViolated() {
        return court.isViolated();
    }

    /** Ends well, and gives the verdict of one property. */
    Verdict verdict(String id) {
        return Objects.requireNonNull(ends(new Ending(now, 0, true, List.of())).get(id));
    }

    /** Ends so, and gives the verdict of the one property. */
    Verdict only(Ending ending) {
        return ends(ending).values().iterator().next();
    }

    Map<String, Verdict> ends(Ending ending) {
        court.conclude(ending);
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        court.judgements().forEach(one -> verdicts.put(one.property(), one.verdict()));
        return verdicts;
    }

    void holds(String id) {
        assertInstanceOf(Verdict.Holds.class, verdict(id));
    }

    void isInconclusive(String id, String... words) {
        Verdict.Inconclusive verdict = assertInstanceOf(Verdict.Inconclusive.class, verdict(id));
        saysAll(verdict.reason(), words);
    }

    /** Is violated at once, and the explanation has these words in it. */
    void isViolatedAtOnce(String id, String... words) {
        assertTrue(isViolated(), "known before the run has ended");
        isViolated(id, words);
    }

    void isViolated(String id, String... words) {
        Verdict.Violated verdict = assertInstanceOf(Verdict.Violated.class, verdict(id));
        saysAll(verdict.explanation(), words);
    }

    static void saysAll(String text, String... words) {
        for (String word : words) {
            assertTrue(text.contains(word), () -> "'" + word + "' is not in: " + text);
        }
    }
}
