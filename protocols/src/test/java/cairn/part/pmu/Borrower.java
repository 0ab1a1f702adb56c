package cairn.part.pmu;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.WorkCompletion;
import cairn.part.pmu.CommittedWrite.Range;
import cairn.part.pmu.PmuMessage.Connected;
import cairn.part.pmu.PmuMessage.Led;
import cairn.part.pmu.PmuMessage.Reply;

import java.util.ArrayList;
import java.util.List;

/**
 * A client that asks to lead at a time, reads what is at a place of the second region, and then
 * writes a text there, at once and again whenever its clock says so. It notes what it sees.
 */
final class Borrower implements Node<Said> {

    /** Where texts are: across the border of a page, and not at one of a word. */
    static final long PLACE = 4093;

    private static final long BEAT = 1;
    private static final long START = 2;
    private static final long STAGED = Attachment.BUFFER_BYTES;
    private static final long READ_INTO = STAGED + 4096;
    private static final long UNIT_STRIDE = 256;

    private final Pmu<Said> pmu;
    private final Attachment<Said> attachment;
    private final long startNanos;
    private final String text;
    private final List<String> seen;
    private Doing doing = Doing.WAITING;
    private int left;
    private MirroredWrite write;

    private enum Doing {
        WAITING,
        ASKING_TO_LEAD,
        ATTACHING,
        READING,
        WRITING,
        DONE
    }

    /**
     * A client.
     *
     * @param startNanos when it asks to lead
     * @param text what it writes
     * @param seen takes what it sees
     */
    Borrower(Pmu<Said> pmu, NodeId self, long startNanos, String text, List<String> seen) {
        this.pmu = pmu;
        this.attachment = new Attachment<>(pmu, self, 64);
        this.startNanos = startNanos;
        this.text = text;
        this.seen = seen;
        this.write = new MirroredWrite(Persistence.of(pmu.settings()), new ArrayList<>());
    }

    @Override
    public void boot(Boot boot, Outbox<Said> out) {
        attachment.boot(boot.incarnation(), out);
        write = new MirroredWrite(Persistence.of(pmu.settings()), attachment.links());
        out.arm(BEAT, pmu.settings().heartbeatNanos());
        out.arm(START, startNanos);
    }

    @Override
    public void on(Event<Said> event, Outbox<Said> out) {
        switch (event) {
            case Event.Fired(long timer) when timer == START -> {
                doing = Doing.ASKING_TO_LEAD;
                attachment.askToLead(term(), out);
            }
            case Event.Fired<?> _ -> beat(out);
            case Event.Delivered(NodeId origin, Said(Reply reply)) -> {
                attachment.replied(origin, reply, out);
                if (reply instanceof Led(long led, int _) && doing == Doing.ASKING_TO_LEAD) {
                    doing = Doing.ATTACHING;
                    attachment.begin(led, true, out);
                }
                readIfAttached();
            }
            case Event.Delivered(NodeId origin, Said(Connected connected)) ->
                    attachment.connected(origin, connected, out);
            case Event.Completed(WorkCompletion completion) -> completed(completion, out);
            default -> {
                // Clients of the service are not served here.
            }
        }
    }

    /** The first client finds nobody, the second one the first. */
    private long term() {
        return startNanos > 1 ? 1 : 0;
    }

    private void beat(Outbox<Said> out) {
        out.arm(BEAT, pmu.settings().heartbeatNanos());
        if (doing == Doing.ASKING_TO_LEAD) {
            attachment.askToLeadAgain(term(), out);
        } else {
            attachment.askAgain(out);
        }
        if (doing == Doing.DONE) {
            begin(out);
        }
    }

    private void readIfAttached() {
        if (doing == Doing.ATTACHING && attachment.isAttached()) {
            doing = Doing.READING;
            left = attachment.links().size();
            for (int unit = 0; unit < left; unit++) {
                Link link = attachment.links().get(unit);
                link.read(1, PLACE, READ_INTO + unit * UNIT_STRIDE, text.length(), true);
            }
        }
    }

    private void begin(Outbox<Said> out) {
        doing = Doing.WRITING;
        byte[] bytes = text.getBytes(US_ASCII);
        out.buffers().write(STAGED, bytes, 0, bytes.length);
        CommittedWrite next = new CommittedWrite();
        next.add(new Range(1, STAGED, PLACE, bytes.length));
        next.commitBy(new byte[] {1}, 0);
        write.begin(next);
    }

    private void completed(WorkCompletion completion, Outbox<Said> out) {
        int unit = attachment.linkOf(completion.queuePair());
        if (unit < 0 || doing == Doing.WAITING) {
            return;
        }
        Link link = attachment.links().get(unit);
        if (!completion.succeeded()) {
            seen.add("refused");
            doing = Doing.WAITING;
        } else if (link.ends(completion)) {
            if (doing == Doing.READING) {
                byte[] bytes = new byte[text.length()];
                out.buffers().read(READ_INTO + unit * UNIT_STRIDE, bytes, 0, bytes.length);
                seen.add(unit + ": " + new String(bytes, US_ASCII).replace('\0', '.'));
                if (--left == 0) {
                    begin(out);
                }
            } else if (write.completed(unit) && write.isDone()) {
                seen.add("written");
                doing = Doing.DONE;
            }
        }
    }

    @Override
    public String waitsFor() {
        return doing == Doing.ATTACHING ? attachment.waitsFor() : "its time";
    }
}
