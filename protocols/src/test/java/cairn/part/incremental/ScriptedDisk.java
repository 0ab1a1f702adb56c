package cairn.part.incremental;

import cairn.model.Event;
import cairn.model.storage.Disk;
import cairn.model.storage.StorageError;
import cairn.part.NoMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A disk that does nothing until the test says so, one operation after the other. */
final class ScriptedDisk implements Disk {

    private final List<Asked> asked = new ArrayList<>();
    private final NavigableMap<String, byte[]> files = new TreeMap<>();

    /** One operation, in words, and what it does. */
    private record Asked(long token, String words, Runnable action) {}

    private void ask(long token, String words, Runnable action) {
        asked.add(new Asked(token, words, action));
    }

    /** What waits to be done, in words. */
    List<String> waiting() {
        return asked.stream().map(Asked::words).toList();
    }

    /** Does the first operation that waits. */
    Event.OfDisk<NoMessage> perform() {
        Asked first = asked.removeFirst();
        first.action.run();
        return new Event.Stored<>(first.token);
    }

    /** Refuses the first operation that waits. */
    Event.OfDisk<NoMessage> refuse() {
        return new Event.StoreFailed<>(asked.removeFirst().token, StorageError.NO_SPACE);
    }

    /** The content of a file. */
    byte[] content(String file) {
        byte[] content = files.get(file);
        if (content == null) {
            throw new IllegalArgumentException("no file " + file + " among " + files.keySet());
        }
        return content.clone();
    }

    @Override
    public void write(long token, String file, long offset, byte[] content) {
        byte[] copy = content.clone();
        ask(
                token,
                "write " + file + " at " + offset + " +" + copy.length,
                () -> {
                    byte[] before = files.getOrDefault(file, new byte[0]);
                    byte[] after = new byte[Math.max(before.length, (int) offset + copy.length)];
                    System.arraycopy(before, 0, after, 0, before.length);
                    System.arraycopy(copy, 0, after, (int) offset, copy.length);
                    files.put(file, after);
                });
    }

    @Override
    public void sync(long token, String file) {
        ask(token, "sync " + file, () -> {});
    }

    @Override
    public void rename(long token, String from, String to) {
        ask(
                token,
                "rename " + from + " " + to,
                () -> {
                    files.put(to, content(from));
                    files.remove(from);
                });
    }

    @Override
    public void delete(long token, String file) {
        ask(token, "delete " + file, () -> files.remove(file));
    }

    @Override
    public void syncDirectory(long token) {
        ask(token, "sync directory", () -> {});
    }

    @Override
    public void read(long token, String file) {
        throw new UnsupportedOperationException("nothing is read here");
    }

    @Override
    public void list(long token) {
        throw new UnsupportedOperationException("nothing is listed here");
    }
}
