package cairn.part.remote;

import cairn.model.storage.Disk;

import java.util.function.Consumer;

/**
 * A disk of another node, as one asks for it that has none: each request is an errand, on its way
 * through a channel that loses none.
 */
public record RemoteDisk(Consumer<Errand> messenger) implements Disk {

    @Override
    public void write(long token, String file, long offset, byte[] content) {
        messenger.accept(new Errand.Write(token, file, offset, content.clone()));
    }

    @Override
    public void sync(long token, String file) {
        messenger.accept(new Errand.Sync(token, file));
    }

    @Override
    public void rename(long token, String from, String to) {
        messenger.accept(new Errand.Rename(token, from, to));
    }

    @Override
    public void delete(long token, String file) {
        messenger.accept(new Errand.Delete(token, file));
    }

    @Override
    public void syncDirectory(long token) {
        messenger.accept(new Errand.SyncDirectory(token));
    }

    @Override
    public void read(long token, String file) {
        messenger.accept(new Errand.Read(token, file));
    }

    @Override
    public void list(long token) {
        messenger.accept(new Errand.ListNames(token));
    }
}
