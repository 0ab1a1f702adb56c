package cairn.protocol.dirtypages;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;

import java.util.BitSet;

/**
 * One image on its way into its file: the pages in order, and earlier where a rank waits for one
 * (DJ-6); then what identifies it, a sync, and its name (DJ-8).
 */
final class ImageFile {

    private final Epoch epoch;
    private final Image.Draft draft;
    private final Vault vault;
    private final Rules rules;
    private final int batchPages;
    private final Listener listener;
    private final BitSet underWay = new BitSet();
    private State state = State.PAGES;

    private enum State {
        PAGES,
        FINISHING,
        COMPLETE,
        FAILED
    }

    /** Who wants to know how it goes. */
    interface Listener {

        /** Some pages are stored. */
        void pagesStored(BitSet pages, Outbox<DirtyPagesMessage> out);

        /** All is durable, and the file has its name. */
        void complete(Outbox<DirtyPagesMessage> out);

        /** The disk refused; nothing more will come. */
        void failed(Outbox<DirtyPagesMessage> out);
    }

    ImageFile(
            Epoch epoch,
            Image.Draft draft,
            Vault vault,
            Rules rules,
            int batchPages,
            Listener listener) {
        this.epoch = epoch;
        this.draft = draft;
        this.vault = vault;
        this.rules = rules;
        this.batchPages = batchPages;
        this.listener = listener;
    }

    boolean isComplete() {
        return state == State.COMPLETE;
    }

    boolean hasFailed() {
        return state == State.FAILED;
    }

    /** DJ-5: whether a page's content at the cut is nowhere but in memory yet. */
    boolean isUnstored(int page) {
        return state == State.PAGES && (draft.isMissing(page) || underWay.get(page));
    }

    /** DJ-6: stores a page before its turn; without effect if it is on its way already. */
    void storeNow(int page, Outbox<DirtyPagesMessage> out) {
        if (state == State.PAGES && draft.isMissing(page)) {
            out.claim(new Fact.Reached("a page is stored before its turn"));
            store(page, 1, out);
        }
    }

    /** Goes on with the next pages, or with what follows them. */
    void proceed(Outbox<DirtyPagesMessage> out) {
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
    private void store(int first, int count, Outbox<DirtyPagesMessage> out) {
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
        vault.write(
                vault.part(epoch.number()),
                offset,
                contents,
                (answer, later) -> stored(pages, answer, later),
                out);
    }

    private void stored(
            BitSet pages, Event.OfDisk<DirtyPagesMessage> answer, Outbox<DirtyPagesMessage> out) {
        if (isDone(answer, out)) {
            underWay.andNot(pages);
            listener.pagesStored(pages, out);
            proceed(out);
        }
    }

    /** Whether it goes on after an answer. */
    private boolean isDone(Event.OfDisk<DirtyPagesMessage> answer, Outbox<DirtyPagesMessage> out) {
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

    private void finish(Outbox<DirtyPagesMessage> out) {
        String part = vault.part(epoch.number());
        vault.write(part, 0, draft.head(), then(this::writeTail), out);
    }

    private void writeTail(Outbox<DirtyPagesMessage> out) {
        Step next = rules.syncsBeforeNaming() ? this::sync : this::name;
        vault.write(vault.part(epoch.number()), draft.tailOffset(), draft.tail(), then(next), out);
    }

    private void sync(Outbox<DirtyPagesMessage> out) {
        vault.sync(vault.part(epoch.number()), then(this::name), out);
    }

    private void name(Outbox<DirtyPagesMessage> out) {
        long number = epoch.number();
        vault.rename(vault.part(number), vault.image(number), then(this::syncName), out);
    }

    private void syncName(Outbox<DirtyPagesMessage> out) {
        vault.syncDirectory(
                then(later -> {
                    state = State.COMPLETE;
                    listener.complete(later);
                }),
                out);
    }

    @FunctionalInterface
    private interface Step {
        void take(Outbox<DirtyPagesMessage> out);
    }

    private Vault.Then then(Step next) {
        return (answer, out) -> {
            if (isDone(answer, out)) {
                next.take(out);
            }
        };
    }

    /** Gives it up, whatever it has come to. */
    void abandon(Outbox<DirtyPagesMessage> out) {
        state = State.FAILED;
        vault.delete(vault.part(epoch.number()), out);
        vault.delete(vault.image(epoch.number()), out);
    }
}
