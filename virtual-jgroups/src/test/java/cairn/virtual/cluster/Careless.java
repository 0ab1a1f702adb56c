package cairn.virtual.cluster;

import cairn.cluster.disk.FileLayer;

import java.io.IOException;
import java.util.List;

/**
 * A file layer that says of contents, or of names, that they are durable before they are: seeded
 * bugs.
 */
record Careless(FileLayer sound, boolean syncsContents, boolean syncsNames) implements FileLayer {

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
        if (syncsContents) {
            sound.sync(name);
        }
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
    public void syncDirectory() throws IOException {
        if (syncsNames) {
            sound.syncDirectory();
        }
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
    public void truncate() throws IOException {
        sound.truncate();
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
