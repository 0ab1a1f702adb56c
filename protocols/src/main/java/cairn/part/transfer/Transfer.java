package cairn.part.transfer;

import cairn.model.Message;
import cairn.model.Outbox;
import cairn.part.Channels.Frame;

import java.util.List;

/**
 * How memory is transferred.
 *
 * @param form when pages go
 * @param batchPages how many pages one message carries, one or more
 * @param mostRounds pre-copy: after how many rounds it stops in any case, one or more
 * @param stopAtPages pre-copy: it stops when a round leaves so many changed pages or fewer, zero or
 *     more
 * @param giveUpShare pre-copy: it stops when a round leaves this share of the pages that it sent
 *     changed, since the process then stores as fast as the network carries: above zero, one at the
 *     most
 */
public record Transfer(
        Form form, int batchPages, int mostRounds, int stopAtPages, double giveUpShare) {

    public Transfer {
        check(batchPages, mostRounds, stopAtPages, giveUpShare);
    }

    /** Throws {@link IllegalArgumentException} if one is out of its range. */
    public static void check(int batchPages, int mostRounds, int stopAtPages, double giveUpShare) {
        if (batchPages < 1 || mostRounds < 1 || stopAtPages < 0) {
            throw new IllegalArgumentException(
                    "one page and one round, or more: "
                            + List.of(batchPages, mostRounds, stopAtPages));
        }
        if (!(giveUpShare > 0 && giveUpShare <= 1)) {
            throw new IllegalArgumentException(
                    "a share above zero, one at the most: " + giveUpShare);
        }
    }

    /** The process at its old place, whose processor is a {@code P}. */
    public interface Traveller<P extends Processor, M extends Message> {

        /** Stands still, with its whole memory as it is: the cut. */
        void stop(Outbox<M> out);

        /** All of it but its memory, while it stands still. */
        P processor();

        /** Without so many pages at the beginning of its memory it cannot go on. */
        int headPages();
    }

    /** What a process needs beside its pages. */
    public interface Processor {

        /** Size on the wire in bytes. */
        int bytes();
    }

    /** How a protocol says what is said on the way. */
    public interface Speech<P extends Processor, M extends Message> {

        /** A part of the process; the frame's era is the transfer. */
        M shipped(Frame<Cargo<P>> frame);

        /** All parts up to and with a number have arrived. */
        M landed(long transfer, long upTo);

        /** The process needs a page that is still at its old place. */
        M demand(long transfer, int page);
    }
}
