/**
 * Snapshots of a memory that goes on, on shared storage (US patent 7,890,798; SN-1 to SN-5, SN-8).
 * A snapshot begins as pages that it shares with the memory ({@link
 * cairn.part.snapshot.SharedPages}); a {@link cairn.part.snapshot.TransferProcessor} beside the
 * application sends it section by section; and the {@link cairn.part.snapshot.Storage} seals it
 * when all of it is durable, in a place where no snapshot is that may be needed.
 *
 * <p>The storage takes snapshots from one writer at a time, that of the highest term, and hands it
 * the newest sealed one to begin with: whoever has a lower term is fenced. Who asks for which term
 * is for others to decide.
 */
@NullMarked
package cairn.part.snapshot;

import org.jspecify.annotations.NullMarked;
