package cairn.protocol.migration;

import cairn.part.transfer.Form;
import cairn.part.transfer.Transfer;

import java.util.List;

/**
 * What may be chosen.
 *
 * @param form when the pages of a process move
 * @param everyNanos from the end of one migration to the beginning of the next, above zero; 5 ms;
 *     up to 64 times as long after migrations that had too little time
 * @param spareNodes nodes without a rank at first, one or more; 1
 * @param batchPages how many pages one message carries, one or more; 16
 * @param mostRounds pre-copy: after how many rounds it stops in any case, one or more; 29
 * @param stopAtPages pre-copy: it stops when a round leaves so many changed pages or fewer, zero or
 *     more; 50
 * @param giveUpShare pre-copy: it stops when a round leaves this share of the pages that it sent
 *     changed, since the rank then stores as fast as the network carries: above zero, one at the
 *     most; 0.9
 * @param patienceNanos after how long without progress a source asks to give a migration up, above
 *     zero; 20 ms; up to 64 times as long after migrations that had too little time
 * @param retryNanos after how long what was not answered is said again, above zero; 1 ms
 */
public record MigrationSettings(
        Form form,
        long everyNanos,
        int spareNodes,
        int batchPages,
        int mostRounds,
        int stopAtPages,
        double giveUpShare,
        long patienceNanos,
        long retryNanos) {

    public static final MigrationSettings DEFAULT =
            new MigrationSettings(
                    Form.PRE_COPY, 5_000_000, 1, 16, 29, 50, 0.9, 20_000_000, 1_000_000);

    public MigrationSettings {
        if (everyNanos < 1 || patienceNanos < 1 || retryNanos < 1) {
            throw new IllegalArgumentException(
                    "times are above zero: " + List.of(everyNanos, patienceNanos, retryNanos));
        }
        if (spareNodes < 1) {
            throw new IllegalArgumentException("one spare node, or more: " + spareNodes);
        }
        Transfer.check(batchPages, mostRounds, stopAtPages, giveUpShare);
    }

    /** How a rank is transferred. */
    Transfer transfer() {
        return new Transfer(form, batchPages, mostRounds, stopAtPages, giveUpShare);
    }
}
