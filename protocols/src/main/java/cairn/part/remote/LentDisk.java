package cairn.part.remote;

import cairn.model.Event;
import cairn.model.storage.Disk;

import org.jspecify.annotations.Nullable;

import java.util.NavigableMap;
import java.util.TreeMap;

/** Carries out on the own disk what others ask for, each under tokens of its own. */
public final class LentDisk {

    private final NavigableMap<Long, Asked> asked = new TreeMap<>();
    private long lastToken;

    private record Asked(int who, long token) {}

    /** What somebody is told. */
    public record Answer(int who, Errand errand) {}

    /** Begins to do what somebody asks for. */
    public void carryOut(int who, Errand errand, Disk disk) {
        long token = ++lastToken;
        asked.put(token, new Asked(who, errand.token()));
        switch (errand) {
            case Errand.Write(long _, String file, long offset, byte[] content) ->
                    disk.write(token, file, offset, content);
            case Errand.Sync(long _, String file) -> disk.sync(token, file);
            case Errand.Rename(long _, String from, String to) -> disk.rename(token, from, to);
            case Errand.Delete(long _, String file) -> disk.delete(token, file);
            case Errand.SyncDirectory _ -> disk.syncDirectory(token);
            case Errand.Read(long _, String file) -> disk.read(token, file);
            case Errand.ListNames _ -> disk.list(token);
            case Errand.Done _, Errand.Content _, Errand.Names _, Errand.Refused _ ->
                    throw new IllegalStateException("an answer, and nothing was asked: " + errand);
        }
    }

    /** What the disk answered, for whoever asked; null if that was forgotten. */
    public @Nullable Answer answered(Event.OfDisk<?> answer) {
        Asked by = asked.remove(answer.token());
        return by == null ? null : new Answer(by.who, Errand.answer(by.token, answer));
    }

    /** Nobody is answered what was asked so far. */
    public void forget() {
        asked.clear();
    }
}
