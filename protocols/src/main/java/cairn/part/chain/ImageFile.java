package cairn.part.chain;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;

import java.util.BitSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One image on its way into its file: the pages in order, and earlier where a rank waits for one
 * (DJ-6); then what identifies it, a sync, and its name (DJ-8).
 */
public final class ImageFile<M extends Message> {

    private final Epoch epoch;
    private final Image.Draft draft;
    private final ImageFiles<M> files;
    private final FileRules rules;
    private final int batchPages;
    private final Listener<M> listener;
    private final BitSet underWay = new BitSet();
    private State state = State.PAGES;

    private enum State {
        PAGES,
        FINISHING,
        COMPLETE,
        FAILED
    }

    /** Who wants to know how it goes. */
    public interface Listener<M extends Message> {

        /** Some pages are stored. */
        void pagesStored(BitSet pages, Outbox<M> out);

        /** All is durable, and the file has its name. */
        void complete(Outbox<M> out);

        /** The disk refused; nothing more will come. */
        void failed(Outbox<M> out);
    }

    public ImageFile(
            Epoch epoch,
            Image.Draft draft,
            ImageFiles<M> files,
            FileRules rules,
            int batchPages,
            Listener<M> listener) {
        this.epoch = epoch;
        this.draft = draft;
        this.files = files;
        this.rules = rules;
        this.batchPages = batchPages;
        this.listener = listener;
    }

    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    public boolean hasFailed() {
        return state == State.FAILED;
    }

    /** DJ-5: whether a page's content at the cut is nowhere but in memory yet. */
    public boolean isUnstored(int page) {
        return state == State.PAGES && (draft.isMissing(page) || underWay.get(page));
    }

    /** DJ-6: stores a page before its turn; without effect if it is on its way already. */
    public void storeNow(int page, Outbox<M> out) {
        if (state == State.PAGES && draft.isMissing(page)) {
            out.claim(new Fact.Reached("a page is stored before its turn"));
            store(page, 1, out);
        }
    }

    /** Goes on with the next pages, or with what follows them. */
    public void proceed(Outbox<M> out) {
        if (state != State.PAGES || !underWay.isEmpty()) {
            return;
        }
        int first = draft.nextMissing(0);
        if (first < 0) {
            state = State.FINISHING;
            finish(out);
            return;
        }
        int count = 1;
        int last = first;
        int next = draft.nextMissing(last + 1);
        while (count < batchPages
                && next >= 0
                && draft.offset(next) == draft.offset(last) + PAGE_BYTES) {
            count++;
            last = next;
            next = draft.nextMissing(last + 1);
        }
        store(first, count, out);
    }

    /** Writes the contents of pages that follow each other in the file. */
    private void store(int first, int count, Outbox<M> out) {
        PagedMemory memory = out.memory();
        BitSet pages = new BitSet();
        byte[] contents = new byte[count * PAGE_BYTES];
        long offset = draft.offset(first);
        int page = first;
        for (int i = 0; i < count; i++) {
            System.arraycopy(draft.take(page, memory), 0, contents, i * PAGE_BYTES, PAGE_BYTES);
            pages.set(page);
            page = draft.nextMissing(page + 1);
        }
        underWay.or(pages);
        files.write(
                files.part(epoch.number()),
                offset,
                contents,
                (answer, later) -> stored(pages, answer, later),
                out);
    }

    private void stored(BitSet pages, Event.OfDisk<M> answer, Outbox<M> out) {
        if (isDone(answer, out)) {
            underWay.andNot(pages);
            listener.pagesStored(pages, out);
            proceed(out);
        }
    }

    /** Whether it goes on after an answer. */
    private boolean isDone(Event.OfDisk<M> answer, Outbox<M> out) {
        if (state == State.FAILED) {
            return false;
        }
        if (!rules.succeeded(answer)) {
            state = State.FAILED;
            listener.failed(out);
            return false;
        }
        return true;
    }

    private void finish(Outbox<M> out) {
        String part = files.part(epoch.number());
        files.write(part, 0, draft.head(), then(this::writeTail), out);
    }

    private void writeTail(Outbox<M> out) {
        Consumer<Outbox<M>> next = rules.syncsBeforeNaming() ? this::sync : this::name;
        files.write(files.part(epoch.number()), draft.tailOffset(), draft.tail(), then(next), out);
    }

    private void sync(Outbox<M> out) {
        files.sync(files.part(epoch.number()), then(this::name), out);
    }

    private void name(Outbox<M> out) {
        long number = epoch.number();
        files.rename(files.part(number), files.image(number), then(this::syncName), out);
    }

    private void syncName(Outbox<M> out) {
        files.syncDirectory(
                then(later -> {
                    state = State.COMPLETE;
                    listener.complete(later);
                }),
                out);
    }

    private BiConsumer<Event.OfDisk<M>, Outbox<M>> then(Consumer<Outbox<M>> next) {
        return (answer, out) -> {
            if (isDone(answer, out)) {
                next.accept(out);
            }
        };
    }

    /** Gives it up, whatever it has come to. */
    public void abandon(Outbox<M> out) {
        state = State.FAILED;
        files.delete(files.part(epoch.number()), out);
        files.delete(files.image(epoch.number()), out);
    }
}
