package cairn.virtual.cluster;

import cairn.cluster.disk.FileLayer;

import java.io.IOException;
import java.util.List;

/** A file layer that says that names are durable and does nothing for it: a seeded bug. */
record NamesNotSynced(FileLayer sound) implements FileLayer {

    @Override
    public void write(String name, long offset, byte[] content) throws IOException {
        sound.write(name, offset, content);
    }

    @Override
    public void loseWrite(String name, long offset, int length) throws IOException {
        sound.loseWrite(name, offset, length);
    }

    @Override
    public void sync(String name) throws IOException {
        sound.sync(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        sound.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        sound.delete(name);
    }

    @Override
    public void syncDirectory() {
        // The bug.
    }

    @Override
    public byte[] read(String name) throws IOException {
        return sound.read(name);
    }

    @Override
    public List<String> list() throws IOException {
        return sound.list();
    }

    @Override
    public void rot() throws IOException {
        sound.rot();
    }

    @Override
    public void close() throws IOException {
        sound.close();
    }
}
