package cairn.protocol.dirtypages;

import cairn.model.storage.Disk;

import java.util.function.Consumer;

/** The disk of the storage node, as a node asks for it: each request is a message. */
record RemoteDisk(Consumer<Errand> messenger) implements Disk {

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
